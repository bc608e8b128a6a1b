import { parseArgs } from 'node:util'
import { leastEdges } from './content.ts'
import { type StoreName, storeNames } from './protocol.ts'

export interface Options {
  /** Numbers of edges, ascending. */
  readonly sizes: readonly number[]
  readonly stores: readonly StoreName[]
  /** How many edges are added and removed, at each size. */
  readonly operations: Readonly<Record<StoreName, number>>
}

const usual = { memory: 2000, postgres: 500 } as const

/** Throws an Error with a sentence for whoever started it. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      sizes: { type: 'string', default: '1000,10000,100000,1000000' },
      stores: { type: 'string', default: storeNames.join() },
      operations: { type: 'string' },
    },
  })
  const sizes = values.sizes.split(',').map((text) => readNumber('--sizes', text, leastEdges))
  const stores = values.stores.split(',').map((name) => {
    const store = storeNames.find((each) => each === name)
    if (!store) throw new Error(`--stores takes ${storeNames.join(', ')}; it was ${name}.`)
    return store
  })
  const operations =
    values.operations === undefined ? undefined : readNumber('--operations', values.operations, 1)
  return {
    sizes: [...new Set(sizes)].sort((left, right) => left - right),
    stores: [...new Set(stores)],
    operations: {
      memory: operations ?? usual.memory,
      postgres: operations ?? usual.postgres,
    },
  }
}

function readNumber(name: string, text: string, least: number): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= least) return number
  throw new Error(`${name} takes whole numbers from ${least}; it was ${text}.`)
}

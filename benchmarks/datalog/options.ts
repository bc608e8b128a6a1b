import { parseArgs } from 'node:util'
import { catalog, getEntry, isInstalled } from './catalog.ts'
import { type GroupName, groupNames } from './tasks.ts'

export interface Options {
  readonly repetitions: number
  readonly groups: readonly GroupName[]
  readonly peers: readonly string[]
  /** Asked for, and not on this machine. */
  readonly missing: readonly string[]
  readonly limitSeconds: number
}

/** Throws an Error with a sentence for whoever started it. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      repeat: { type: 'string', default: '5' },
      only: { type: 'string', default: groupNames.join() },
      peers: { type: 'string', default: Object.keys(catalog).join() },
      limit: { type: 'string', default: '60' },
    },
  })
  const groups = values.only.split(',').map((name) => {
    const group = groupNames.find((each) => each === name)
    if (!group) throw new Error(`--only takes ${groupNames.join(', ')}; it was ${name}.`)
    return group
  })
  const peers = values.peers.split(',')
  const missing = peers.filter((peer) => !isInstalled(getEntry(peer)))
  return {
    repetitions: readCount('--repeat', values.repeat),
    groups,
    peers: peers.filter((peer) => !missing.includes(peer)),
    missing,
    limitSeconds: readCount('--limit', values.limit),
  }
}

function readCount(name: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`${name} takes a whole number from 1; it was ${text}.`)
  }
  return count
}

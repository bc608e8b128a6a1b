import { hashSeed } from '../store/hash.ts'
import type { Relation } from '../store/relation.ts'
import { strideOf } from '../store/slots.ts'
import type { GeneratedCode } from './generated-code.ts'

interface Lookup {
  readonly relation: Relation
  /** What the code calls it. */
  readonly name: string
  readonly row: string
  readonly keys: readonly string[]
}

/** Declares `row`: that of the relation which holds the keys, or -1. */
export function generateLookup(code: GeneratedCode, { relation, name, row, keys }: Lookup): void {
  if (keys.length === 2) {
    code.line(`const ${row}=${name}.table.findPair(${keys.join()});`)
    return
  }
  const hash = keys.reduce((sum, key) => `mix(${sum},${key})`, String(hashSeed))
  const stride = strideOf(keys.length)
  const [h, p] = [`${row}h`, `${row}p`]
  const hoist = (member: string, short: string) =>
    code.hoist(relation, `${name}.${member}`, `${name}${short}`)
  const t = hoist('table.slots', 't')
  const agrees = keys.map((key, place) =>
    place + 1 < stride
      ? `${t}[${p}+${place + 1}]===${key}`
      : `${hoist(`columns[${place}]`, `c${place}`)}[${row}]===${key}`,
  )
  const lines = [
    `const ${h}=${hash};let ${p}=(${h}&${hoist('table.mask', 'q')})*${stride},${row};`,
    `for(;;){${row}=${t}[${p}]-1;if(${row}<0||(${agrees.join('&&') || 'true'}))break;`,
    `${p}+=${stride};if(${p}===${t}.length)${p}=0}`,
  ]
  code.line(lines.join(''))
}

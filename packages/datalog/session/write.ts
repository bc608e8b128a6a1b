import { formatAtom, formatValue } from '../language/format.ts'
import type { Value } from '../language/syntax.ts'
import type { Fact } from './facts.ts'

const span = { start: 0, end: 0, line: 1, column: 1 }

/** A value as a program has it: `ann`, `"Ann Lee"`, `3`; a list between brackets. */
export function writeValue(value: Value): string {
  return formatValue(value)
}

/** `likes(ann, tea)` */
export function writeFact({ relation, row }: Fact): string {
  const terms = row.map((value) => ({ kind: 'constant', value, span }) as const)
  return formatAtom({ relation, terms, span })
}

import type { Value } from '../language/syntax.ts'
import type { Row } from './naive-values.ts'
import type { Random } from './random.ts'

/** What a column may hold. `any` takes text and numbers; only `collect` makes lists. */
export type Kind = 'number' | 'text' | 'any' | 'list'

export interface Shape {
  readonly name: string
  readonly kinds: readonly Kind[]
  /** Whether updates may assert and retract its facts. */
  readonly asserted: boolean
}

const domains: Readonly<Record<Exclude<Kind, 'list'>, readonly Value[]>> = {
  number: [0, 1, 2, 3, -1],
  text: ['a', 'b', 'c', 'D e'],
  any: ['a', 'b', 1, 2, '1'],
}

export function randomValue(random: Random, kind: Kind): Value {
  return kind === 'list' ? [] : random.pick(domains[kind])
}

export function randomRow(random: Random, { kinds }: Shape): Row {
  return kinds.map((kind) => randomValue(random, kind))
}

/** Whether what is of one kind may stand in a column of the other. */
export function fits(kind: Kind, column: Kind): boolean {
  return kind === column || (column === 'any' && kind !== 'list')
}

/** The values that two columns have in common; undefined when there are none. */
export function meet(one: Kind, other: Kind): Kind | undefined {
  if (fits(one, other)) return one
  return fits(other, one) ? other : undefined
}

export function printValue(value: Value): string {
  if (typeof value === 'object') return `[${value.map(printValue).join(', ')}]`
  if (typeof value === 'number' || /^[a-z]\w*$/.test(value)) return `${value}`
  return JSON.stringify(value)
}

export function printAtom(relation: string, terms: readonly string[]): string {
  return terms.length === 0 ? relation : `${relation}(${terms.join(', ')})`
}

export function printFact(relation: string, row: Row): string {
  return printAtom(relation, row.map(printValue))
}

import type { ExternalRelation, RelationStatistics, Statistics } from '../contract.ts'
import type { Engine } from '../evaluate/engine.ts'
import type { Clause, Term } from '../language/syntax.ts'
import type { Relation } from '../store/relation.ts'
import { isAsserted, isNew } from '../store/state.ts'

interface DescribeOptions {
  readonly isAsked: (relation: string) => boolean
  readonly externals: ReadonlyMap<string, ExternalRelation>
}

export function describeDatabase(
  engine: Engine,
  { isAsked, externals }: DescribeOptions,
): Statistics {
  const relations: Record<string, RelationStatistics> = {}
  let bytes = 0
  for (const { kind, relations: members } of engine.network.components) {
    for (const relation of members) {
      bytes += relation.bytes
      if (relation.isHidden) continue
      const own = kind === 'aggregate' ? 'counting' : kind
      const indexes = relation.indexes.length
      relations[relation.name] = {
        ...countRows(relation),
        indexes,
        kind: isAsked(relation.name) ? 'demand' : own,
      }
    }
  }
  for (const name of externals.keys())
    relations[name] = { rows: 0, asserted: 0, indexes: 0, kind: 'external' }
  const { touched, changed, values, compiles } = engine
  return { touched, changed, relations, values: values.size, bytes, compiled: compiles }
}

function countRows({ state, used }: Relation): { rows: number; asserted: number } {
  let rows = 0
  let asserted = 0
  for (let row = 0; row < used; row += 1) {
    const bits = state[row] as number
    if (bits & isNew) rows += 1
    if (bits & isAsserted) asserted += 1
  }
  return { rows, asserted }
}

/** Every asserted fact as a clause. */
export function assertedFacts(engine: Engine): Clause[] {
  const span = { start: 0, end: 0, line: 1, column: 1 }
  return engine.assertedRows().map(([relation, row]) => {
    const terms = row.map((value): Term => ({ kind: 'constant', value, span }))
    return { kind: 'clause', head: { relation, terms, span }, body: [], span }
  })
}

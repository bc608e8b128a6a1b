import type { RelationStatistics } from '../contract.ts'
import type { Atom, Literal, Value } from '../language/syntax.ts'
import { sortRows, rowValues } from './rows.ts'
import type { Session } from './session.ts'

/** A relation as a table: how many rows there are, and the first of them. */
export interface RelationOverview {
  readonly name: string
  readonly kind: RelationStatistics['kind']
  readonly count: number
  /** As the rules call them, or numbers. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
}

/** Every relation, those that rules derive first, with at most `limit` rows each. */
export function overview({ database, rules }: Session, limit: number): RelationOverview[] {
  const atoms = rules.flatMap(({ clause }) => [clause.head, ...clause.body.flatMap(atomsOf)])
  const relations = Object.entries(database.stats().relations).map(([name, { rows, kind }]) => {
    const all = database.rows(name).map(rowValues)
    return {
      name,
      kind,
      count: rows,
      columns: columnsOf(atoms, name, all[0]?.length ?? 0),
      rows: sortRows(all).slice(0, limit),
    }
  })
  const isAsserted = ({ kind }: RelationOverview) => Number(kind === 'asserted')
  return relations.toSorted((one, other) => isAsserted(one) - isAsserted(other))
}

function columnsOf(atoms: readonly Atom[], relation: string, width: number): readonly string[] {
  const named = atoms.filter((atom) => atom.relation === relation && atom.terms.length === width)
  return Array.from({ length: width }, (_, column) => {
    const names = named.map(({ terms }) => terms[column])
    const variable = names.find((term) => term?.kind === 'variable' && term.name !== '_')
    return variable?.kind === 'variable' ? variable.name : String(column + 1)
  })
}

function atomsOf(literal: Literal): readonly Atom[] {
  switch (literal.kind) {
    case 'atom':
    case 'not':
      return [literal.atom]
    case 'aggregate':
      return literal.body.flatMap(atomsOf)
    case 'comparison':
      return []
  }
}

import { DatalogError } from '../language/errors.ts'
import { parseProgram } from '../language/parser.ts'
import type { Atom, Clause, Value } from '../language/syntax.ts'

/** A relation and one row of it. */
export interface Fact {
  readonly relation: string
  readonly row: readonly Value[]
}

/** Facts as they stand in a program: `p(a). q(b, 3).` Throws DatalogError, also for a rule or a query. */
export function parseFacts(text: string): readonly Fact[] {
  const { clauses, queries } = parseProgram(text)
  const other = clauses.find(({ body }) => body.length > 0) ?? queries[0]
  if (other) {
    const message = 'A fact is needed here: a relation with values.'
    throw new DatalogError([
      { code: 'usage', message, hint: 'As in likes(ann, tea).', span: other.span },
    ])
  }
  return clauses.map(factOf)
}

/** Exactly one fact, as `why` needs it. */
export function parseFact(text: string): Fact {
  const [fact, second] = parseFacts(text)
  if (fact && !second) return fact
  const message = fact ? 'One fact at a time.' : 'A fact is needed here.'
  throw new DatalogError([{ code: 'usage', message, hint: 'As in likes(ann, tea).' }])
}

/** Of a clause without a body, whose terms are all constants. */
export function factOf({ head }: Clause): Fact {
  return { relation: head.relation, row: valuesOf(head) }
}

function valuesOf({ relation, terms }: Atom): readonly Value[] {
  return terms.map((term) => {
    if (term.kind === 'constant') return term.value
    const message = `${term.name} in the fact ${relation} has no value.`
    throw new DatalogError([
      { code: 'unsafe', message, hint: 'A fact has values only.', span: term.span },
    ])
  })
}

/** Rows are told apart by what is in them: `1` and `"1"` differ. */
export function rowKey(row: readonly Value[]): string {
  return JSON.stringify(row)
}

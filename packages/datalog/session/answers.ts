import { DatalogError } from '../language/errors.ts'
import { parseGoals } from '../language/parser.ts'
import type { Expression, Literal, Query, Value } from '../language/syntax.ts'
import { rowKey } from './facts.ts'
import { sortRows } from './rows.ts'
import type { SessionDatabase } from './session.ts'

/** What a query found: a table whose columns are the variables it names. */
export interface Answers {
  /** The query as it was written, without `?-` and the full stop. */
  readonly text: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
  /** Whether there is any solution: the whole answer of a query without variables. */
  readonly holds: boolean
  readonly milliseconds: number
}

/** `p(X), q(X)`, with or without `?-` and full stop. Throws DatalogError with spans into `text`. */
export function answerText(database: SessionDatabase, text: string): Answers {
  const { body, problems } = parseGoals({ text })
  if (problems.length > 0) throw new DatalogError(problems)
  return answer(database, body, text)
}

/** One query of a program's text. Throws DatalogError with spans into `text`. */
export function answerQuery(
  database: SessionDatabase,
  { query, text }: { query: Query; text: string },
): Answers {
  const { start, end } = query.span
  // What stands before it is blanked and not cut off, so that places stay what they are.
  const blank = text.slice(0, start).replaceAll(/[^\n]/g, ' ')
  return answer(database, query.body, blank + text.slice(start, end))
}

function answer(database: SessionDatabase, body: readonly Literal[], text: string): Answers {
  const started = performance.now()
  const found = database.query(text) as readonly (readonly Value[])[]
  const milliseconds = performance.now() - started
  const columns = [...new Set(body.flatMap(variablesOf))]
  const rows = columns.length === 0 ? [] : sortRows(project(body, columns, found))
  return { text: written(text), columns, rows, holds: found.length > 0, milliseconds }
}

function written(text: string): string {
  return text
    .trim()
    .replace(/^\?-\s*/, '')
    .replace(/\s*\.$/, '')
}

/** One goal gives whole rows of its relation; anything else gives the values of its variables already. */
function project(
  body: readonly Literal[],
  columns: readonly string[],
  found: readonly (readonly Value[])[],
): readonly (readonly Value[])[] {
  const [goal, second] = body
  if (goal?.kind !== 'atom' || second) return found
  const names = goal.atom.terms.map((term) => (term.kind === 'variable' ? term.name : ''))
  const places = columns.map((name) => names.indexOf(name))
  if (places.length === names.length) return found
  const projected = found.map((row) => places.map((place) => row[place] ?? ''))
  return [...new Map(projected.map((row) => [rowKey(row), row])).values()]
}

/** Named ones, in order. Those between an aggregate's braces stand outside too, or are nobody's business. */
function variablesOf(literal: Literal): readonly string[] {
  switch (literal.kind) {
    case 'atom':
    case 'not':
      return literal.atom.terms.flatMap(namesIn)
    case 'aggregate':
      return namesIn(literal.result)
    case 'comparison':
      return [...namesIn(literal.left), ...namesIn(literal.right)]
  }
}

function namesIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'variable':
      return expression.name === '_' ? [] : [expression.name]
    case 'arithmetic':
      return [...namesIn(expression.left), ...namesIn(expression.right)]
    case 'constant':
      return []
  }
}

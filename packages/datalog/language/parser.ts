import { parseBody } from './aggregates.ts'
import { failReserved, parseAtom } from './atoms.ts'
import { Cursor, SyntaxFailure } from './cursor.ts'
import { DatalogError, type Problem } from './errors.ts'
import { isReserved } from './reserved.ts'
import type { Source } from './source.ts'
import type { Atom, Clause, Literal, Program, Query, Span } from './syntax.ts'
import { tokenize } from './tokens.ts'

export { sourceOf, type Source } from './source.ts'

/** Reads a program. What cannot be read is a problem; the clauses around it are there all the same. */
export function parse(source: Source): {
  readonly program: Program
  readonly problems: readonly Problem[]
} {
  const { cursor, finish, isSound } = start(source)
  const clauses: Clause[] = []
  const queries: Query[] = []
  while (cursor.peek().kind !== 'end') {
    const known = cursor.problems.length
    attempt(cursor, () => {
      const read = parseClause(cursor)
      if (cursor.problems.length > known || !isSound(read.span)) return
      if (read.kind === 'clause') clauses.push(read)
      else queries.push(read)
    })
  }
  return { program: { text: source.text, clauses, queries }, problems: finish() }
}

/** Reads a program's text. Throws one DatalogError with all its syntax errors. */
export function parseProgram(text: string): Program {
  const { program, problems } = parse({ text })
  if (problems.length > 0) throw new DatalogError(problems)
  return program
}

/** Reads a question: `p(a, X), not q(X)`, with or without `?-` before and `.` behind. */
export function parseGoals(source: Source): {
  readonly body: readonly Literal[]
  readonly problems: readonly Problem[]
} {
  const { cursor, finish } = start(source)
  let body: readonly Literal[] = []
  attempt(cursor, () => {
    cursor.accept('?-')
    body = parseBody(cursor)
    if (cursor.peek().kind === 'stop') cursor.take()
    if (cursor.isSymbol(':-')) {
      cursor.fail('A rule stands where a question is asked.', { hint: 'Write only its body.' })
    }
    if (cursor.peek().kind !== 'end') cursor.failExpecting(', or the end of the question')
  })
  return { body, problems: finish() }
}

function start(source: Source) {
  const { tokens, problems } = tokenize(source)
  const cursor = new Cursor(source.text, tokens)
  let next = 0
  /** Whether all characters of a clause were read. Clauses are asked about in order. */
  function isSound({ start, end }: Span): boolean {
    while (next < problems.length && (problems[next]?.span?.start ?? 0) < start) next++
    return next >= problems.length || (problems[next]?.span?.start ?? 0) >= end
  }
  return { cursor, isSound, finish: () => inOrder([...problems, ...cursor.problems]) }
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((one, other) => (one.span?.start ?? 0) - (other.span?.start ?? 0))
}

function attempt(cursor: Cursor, read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error
    cursor.skipClause()
  }
}

function parseClause(cursor: Cursor): Clause | Query {
  const first = cursor.peek()
  if (cursor.accept('?-')) {
    const body = parseBody(cursor)
    expectStop(cursor)
    return { kind: 'query', body, span: cursor.spanFrom(first) }
  }
  const head = parseHead(cursor)
  const body = cursor.accept(':-') ? parseBody(cursor) : []
  expectStop(cursor)
  return { kind: 'clause', head, body, span: cursor.spanFrom(first) }
}

function parseHead(cursor: Cursor): Atom {
  const token = cursor.peek()
  if (cursor.isSymbol(':-')) {
    cursor.fail('A rule has no head.', { hint: 'Write p(X) :- ..., or ?- ... to ask.' })
  }
  if (token.kind === 'symbol' && isReserved(token.text)) failReserved(cursor, token)
  if (token.kind === 'name' || token.kind === 'quoted') return parseAtom(cursor)
  const hint =
    token.kind === 'variable'
      ? `A relation begins with a small letter, or stands between quotes: '${token.text}'.`
      : 'A clause begins with a relation: p(a). or p(X) :- q(X).'
  cursor.failExpecting('a relation', hint)
}

/** A `.` that is missing before a line that begins anew is only that, and reading goes on there. */
function expectStop(cursor: Cursor): void {
  if (cursor.peek().kind === 'stop') {
    cursor.take()
    return
  }
  const { last } = cursor
  const next = cursor.peek()
  const hint = 'A clause ends with a full stop.'
  if (next.kind === 'end' || (next.line > last.line && next.kind === 'name' && next.column === 1)) {
    const { start, end, line, column } = last
    const span = { start, end, line, column }
    cursor.report({ code: 'syntax', message: `Expected . behind ${last.text}.`, hint, span })
    return
  }
  cursor.failExpecting(cursor.isSymbol(':-') ? '.' : ', or .', hint)
}

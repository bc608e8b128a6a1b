import type { Cursor } from './cursor.ts'
import { isAggregateName, parseOperand } from './expressions.ts'
import { findComparator, findOperator } from './operators.ts'
import { isReserved } from './reserved.ts'
import type { Atom, Term } from './syntax.ts'
import type { Token } from './tokens.ts'

/** `p(X, a)`, `p()` or `p`; the name may be quoted. */
export function parseAtom(cursor: Cursor): Atom {
  const token = cursor.take()
  const relation = String(token.value)
  if (isReserved(relation)) failReserved(cursor, token)
  const terms = cursor.accept('(') ? parseArguments(cursor, relation) : []
  return { relation, terms, span: cursor.spanFrom(token) }
}

/** Whether a relation begins here, and no comparison. */
export function startsAtom(cursor: Cursor): boolean {
  const token = cursor.peek()
  if (token.kind !== 'name' && token.kind !== 'quoted') return false
  if (cursor.isSymbol('(', 1)) return !findOperator(token)
  const next = cursor.peek(1)
  if (findComparator(next) || findOperator(next)) return false
  return token.kind === 'name' || token.text.startsWith("'")
}

/** Nothing compares what an atom gives, or reckons with it. */
export function failCompared(cursor: Cursor, { relation, span }: Atom): void {
  const next = cursor.peek()
  if (!findComparator(next) && !findOperator(next)) return
  cursor.fail(`${cursor.textOf(span)} is no value, so ${next.text} cannot stand behind it.`, {
    hint: `Let ${relation} give a variable its value, and use the variable.`,
    span: cursor.spanFrom(span),
  })
}

export function failReserved(cursor: Cursor, token: Token): never {
  const name = token.kind === 'quoted' ? String(token.value) : token.text
  cursor.fail(`${name} is a name of the language and cannot be a relation.`, {
    code: 'reserved',
    hint: isAggregateName(token)
      ? `Choose another name; the aggregate is N = ${name}{ V : p(V) } or ${name}(N, V, p(V)).`
      : 'Choose another name.',
    span: token,
  })
}

/** A variable or a value; `where` names the relation or aggregate it belongs to. */
export function parseTerm(cursor: Cursor, where: string): Term {
  const { expression, compound } = parseOperand(cursor)
  if (expression.kind !== 'arithmetic' && !compound) return expression
  const { span } = expression
  const text = cursor.textOf(span)
  const hint = compound
    ? 'A column holds text or a number. Keep the parts in columns of their own, or write Y = X + 1 for arithmetic and use Y.'
    : `Write ${freshName(text)} = ${text} and use ${freshName(text)}.`
  const message = `${where} has the expression ${text} where a variable or a value stands.`
  cursor.report({ code: 'syntax', message, hint, span })
  return { kind: 'constant', value: '', span }
}

function freshName(text: string): string {
  const candidates = ['Y', 'Z', 'V', 'W', 'N']
  return candidates.find((name) => !text.includes(name)) ?? 'Y'
}

function parseArguments(cursor: Cursor, relation: string): readonly Term[] {
  const terms: Term[] = []
  if (cursor.accept(')')) return terms
  do terms.push(parseTerm(cursor, relation))
  while (cursor.accept(','))
  if (!cursor.accept(')'))
    cursor.failExpecting(', or )', `The arguments of ${relation} end with ).`)
  return terms
}

import type { Problem } from './errors.ts'
import { isReserved } from './reserved.ts'
import type { Atom, Clause } from './syntax.ts'

/** Each relation has one number of columns, and a name that is not one of the language. */
export function checkArity(
  atoms: readonly Atom[],
  { arities, clauses }: { arities: ReadonlyMap<string, number>; clauses: readonly Clause[] },
): readonly Problem[] {
  const first = new Map<string, { columns: number; place: string }>()
  for (const [name, columns] of arities) first.set(name, { columns, place: 'elsewhere' })
  for (const { head } of clauses) {
    if (!first.has(head.relation)) {
      first.set(head.relation, { columns: head.terms.length, place: 'in a rule known before' })
    }
  }
  const problems: Problem[] = []
  for (const { relation, terms, span } of atoms) {
    if (isReserved(relation)) {
      const message = `${relation} is a name of the language and cannot be a relation.`
      problems.push({ code: 'reserved', message, hint: 'Choose another name.', span })
      continue
    }
    const known = first.get(relation)
    if (!known) {
      first.set(relation, { columns: terms.length, place: `at ${span.line}:${span.column}` })
    } else if (known.columns !== terms.length) {
      const message = `${relation} has ${count(terms.length)} here and ${count(known.columns)} ${known.place}.`
      const hint = `A relation has one number of columns; use _ for those that do not matter, or another name.`
      problems.push({ code: 'arity', message, hint, span })
    }
  }
  return problems
}

function count(columns: number): string {
  return columns === 0 ? 'no columns' : `${columns} column${columns === 1 ? '' : 's'}`
}

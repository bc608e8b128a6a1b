import type { Atom, Clause, Literal, Term } from '../language/syntax.ts'
import { variablesOf } from './variables.ts'

type AtomLiteral = Extract<Literal, { kind: 'atom' }>

/** A rule that hands its question on: an answer to the last atom is, as it stands, an answer to the head. */
export interface RightLinear {
  readonly last: Atom
  readonly others: readonly AtomLiteral[]
}

/**
 * The rule as right-linear for a goal whose columns marked `b` are known: its only recursive atom asks with the
 * same columns known, and gives the others to the head unchanged and to nobody else (Naughton et al. 1989,
 * "Efficient evaluation of right-, left-, and multi-linear rules").
 */
export function findRightLinear(
  { head, body }: Clause,
  adornment: string,
): RightLinear | undefined {
  const atoms = body.filter((literal) => literal.kind === 'atom')
  const [recursive, second] = atoms.filter(({ atom }) => atom.relation === head.relation)
  if (atoms.length < body.length || !recursive || second) return undefined
  const others = atoms.filter((literal) => literal !== recursive)
  const { atom: last } = recursive
  const known = new Set(
    [...termsOf(head, adornment, 'b'), ...others.flatMap(({ atom }) => atom.terms)].flatMap(
      (term) => variablesOf([term]),
    ),
  )
  const asked = termsOf(last, adornment, 'b')
  const isAsked = asked.every((term) => term.kind === 'constant' || known.has(term.name))
  const given = variablesOf(termsOf(last, adornment, 'f'))
  const taken = variablesOf(termsOf(head, adornment, 'f'))
  const isHandedOn =
    given.join() === taken.join() &&
    given.length === termsOf(head, adornment, 'f').length &&
    new Set(given).size === given.length &&
    !given.some((name) => known.has(name))
  return isAsked && isHandedOn ? { last, others } : undefined
}

/** Whether every rule of a goal is right-linear or does not name it, and some rule is. */
export function isRightLinear(clauses: readonly Clause[], adornment: string): boolean {
  const recursive = clauses.filter(({ head, body }) => body.some(namesRelation(head.relation)))
  return recursive.length > 0 && recursive.every((clause) => findRightLinear(clause, adornment))
}

function namesRelation(relation: string): (literal: Literal) => boolean {
  return function names(literal): boolean {
    if (literal.kind === 'comparison') return false
    if (literal.kind === 'aggregate') return literal.body.some(names)
    return literal.atom.relation === relation
  }
}

/** The terms of the columns with this mark. */
export function termsOf({ terms }: Atom, adornment: string, mark: 'b' | 'f'): readonly Term[] {
  return terms.filter((_, place) => adornment[place] === mark)
}

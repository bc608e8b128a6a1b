import type { Literal, Term } from '../language/syntax.ts'
import { bindByEquality, variablesOf } from './variables.ts'

/** What an atom is asked with. */
export interface Passage {
  /** Variables that have a value by then. */
  readonly known: ReadonlySet<string>
  /** What gave it to them: the guard, and the atoms asked before. */
  readonly asked: readonly Literal[]
  /** The whole rule's. */
  readonly body: readonly Literal[]
}

/**
 * The atom to be asked next: the one of whose columns most are known, those of stored relations first. What it
 * gives is known to those after it ("sideways information passing", Beeri and Ramakrishnan 1987).
 */
export function findNextAtom(
  left: Iterable<Literal>,
  known: ReadonlySet<string>,
  sourceOf: (relation: string) => { readonly kind: string },
): Extract<Literal, { kind: 'atom' }> | undefined {
  let best: { literal: Extract<Literal, { kind: 'atom' }>; cost: number } | undefined
  for (const literal of left) {
    if (literal.kind !== 'atom') continue
    const { terms, relation } = literal.atom
    const free = terms.filter((term) => !isKnown(term, known)).length
    const share = terms.length === 0 ? 0 : free / terms.length
    const cost = share * 4 + (sourceOf(relation).kind === 'stored' ? 0 : 1)
    if (!best || cost < best.cost) best = { literal, cost }
  }
  return best?.literal
}

export function isKnown(term: Term, known: ReadonlySet<string>): boolean {
  return term.kind === 'constant' || known.has(term.name)
}

/** Equalities that can be worked out from these atoms alone, one after the other. */
export function usableEqualities(body: readonly Literal[], asked: readonly Literal[]): Literal[] {
  const given = new Set(
    asked.flatMap((literal) => (literal.kind === 'atom' ? variablesOf(literal.atom.terms) : [])),
  )
  bindByEquality(body, given)
  return body.filter((literal) => isGiven(literal, given))
}

function isGiven(literal: Literal, given: ReadonlySet<string>): boolean {
  if (literal.kind !== 'comparison' || literal.operator !== '=') return false
  const sides = [literal.left, literal.right]
  return sides.every(
    (side) => side.kind === 'constant' || (side.kind === 'variable' && given.has(side.name)),
  )
}

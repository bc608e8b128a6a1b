import type { Atom, Literal } from '../language/syntax.ts'
import { termsOf } from './right-linear.ts'

/** In place of an adornment: the relation is worked out whole, and nothing is asked of it. */
export const full = 'full'

/** Names that no program can write. */
export function adornedName(relation: string, adornment: string): string {
  return `${relation}\0${adornment}`
}

export function assertedName(relation: string): string {
  return `${relation}\0asserted`
}

/** Holds what is asked of an adorned relation: the values of its known columns. */
export function questionsName(relation: string, adornment: string): string {
  return `${relation}\0${adornment}?`
}

export function questions(atom: Atom, adornment: string): Atom {
  const relation = questionsName(atom.relation, adornment)
  return { relation, terms: termsOf(atom, adornment, 'b'), span: atom.span }
}

/** What a rule for an adorned relation begins with, so that it finds only what was asked for. */
export function guardOf(head: Atom, adornment: string): readonly Literal[] {
  return adornment === full ? [] : [atomLiteral(questions(head, adornment))]
}

export function atomLiteral(atom: Atom): Extract<Literal, { kind: 'atom' }> {
  return { kind: 'atom', atom, span: atom.span }
}

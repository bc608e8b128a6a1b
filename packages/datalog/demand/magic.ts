import type { Atom, Clause, Literal } from '../language/syntax.ts'
import {
  adornedName,
  assertedName,
  atomLiteral,
  full,
  guardOf,
  questions,
  questionsName,
} from './adorned-atoms.ts'
import { type Pull, pullOf } from './pull.ts'
import { findRightLinear, isRightLinear, termsOf } from './right-linear.ts'
import { findNextAtom, isKnown, type Passage, usableEqualities } from './sideways.ts'
import { bindByEquality, variablesOf } from './variables.ts'

/** Where the rows of a relation come from when a goal is answered on demand. */
export type Source =
  /** Its rows are all there already. */
  | { readonly kind: 'stored' }
  | { readonly kind: 'rules'; readonly clauses: readonly Clause[] }
  | { readonly kind: 'external' }

export interface Rewritten {
  readonly clauses: readonly RewrittenClause[]
  /** Holds the values that the goal gives: one row of them starts the search. */
  readonly seed: string
  /** Holds the answers, and rows found on the way to them; in a chain only the columns that were not known. */
  readonly answers: string
  /** One question leads to the next, and an answer to any of them is one to the first. */
  readonly isChain: boolean
  /** External relations, by the name under which what was pulled is kept. */
  readonly pulls: readonly Pull[]
}

export interface RewrittenClause {
  readonly clause: Clause
  /** The rule it was made of. */
  readonly origin: Clause | undefined
}

/**
 * The rules that answer a goal whose columns marked `b` are known, and no more than that: each relation is
 * split by which of its columns are known (`path` with `bf`), guarded by a relation of the values asked for
 * (Bancilhon et al. 1986, magic sets). A negated or aggregated relation is worked out in full first, so that no
 * cut ever crosses a negation.
 */
export function rewriteForGoal(
  goal: string,
  adornment: string,
  sourceOf: (relation: string) => Source,
): Rewritten {
  const source = sourceOf(goal)
  if (source.kind === 'rules' && isRightLinear(source.clauses, adornment)) {
    const chain = new Rewriting(sourceOf, goal)
    const rewritten = chain.run(goal, adornment)
    if (!chain.isBroken) return rewritten
  }
  return new Rewriting(sourceOf).run(goal, adornment)
}

class Rewriting {
  readonly #sourceOf: (relation: string) => Source
  readonly #clauses: RewrittenClause[] = []
  #origin: Clause | undefined
  readonly #pulls = new Map<string, Pull>()
  readonly #done = new Set<string>()
  readonly #open: { relation: string; adornment: string }[] = []
  /** The goal, when it is to be a chain. */
  readonly #chain: string | undefined
  /** The chain's relation was asked for from elsewhere too: then its answers are not those of one question. */
  isBroken = false

  constructor(sourceOf: (relation: string) => Source, chain?: string) {
    this.#sourceOf = sourceOf
    this.#chain = chain
  }

  run(goal: string, adornment: string): Rewritten {
    const answers = this.#want(goal, adornment)
    for (let next = this.#open.pop(); next; next = this.#open.pop()) this.#rewrite(next)
    return {
      clauses: this.#clauses,
      seed: questionsName(goal, adornment),
      answers,
      isChain: this.#chain !== undefined,
      pulls: [...this.#pulls.values()],
    }
  }

  #want(relation: string, adornment: string): string {
    const name = adornedName(relation, adornment)
    if (relation === this.#chain && this.#done.size > 0) this.isBroken = true
    if (!this.#done.has(name)) {
      this.#done.add(name)
      this.#open.push({ relation, adornment })
    }
    return name
  }

  #rewrite({ relation, adornment }: { relation: string; adornment: string }): void {
    const source = this.#sourceOf(relation)
    if (source.kind !== 'rules') return
    const isFull = adornment === full
    const [first] = source.clauses
    if (first) this.#addAsserted(first, adornment)
    for (const origin of source.clauses) {
      const { head, body, span } = origin
      this.#origin = origin
      const guard = guardOf(head, adornment)
      const known = new Set(isFull ? [] : variablesOf(termsOf(head, adornment, 'b')))
      const next = relation === this.#chain ? findRightLinear(origin, adornment) : undefined
      this.#write({
        kind: 'clause',
        head: next ? questions(next.last, adornment) : this.#answer(head, adornment),
        body: [...guard, ...this.#rewriteBody(next?.others ?? body, { known, guard, isFull })],
        span,
      })
    }
  }

  #answer(head: Atom, adornment: string): Atom {
    const terms = head.relation === this.#chain ? termsOf(head, adornment, 'f') : head.terms
    return { ...head, relation: adornedName(head.relation, adornment), terms }
  }

  #write(clause: Clause): void {
    this.#clauses.push({ clause, origin: this.#origin })
  }

  /** Rows that are asserted of a relation that has rules. */
  #addAsserted({ head: { relation, terms }, span }: Clause, adornment: string): void {
    const variables = terms.map(
      (_, place) => ({ kind: 'variable', name: `V${place}`, span }) as const,
    )
    const head: Atom = { relation, terms: variables, span }
    const asserted = atomLiteral({ ...head, relation: assertedName(relation) })
    const body = [...guardOf(head, adornment), asserted]
    this.#write({ kind: 'clause', head: this.#answer(head, adornment), body, span })
  }

  /** In an order in which each atom is asked with as much known as can be. */
  #rewriteBody(
    body: readonly Literal[],
    { known, guard, isFull }: { known: Set<string>; guard: readonly Literal[]; isFull: boolean },
  ): Literal[] {
    const left = new Set(body)
    const written: Literal[] = []
    const asked: Literal[] = [...guard]
    bindByEquality(body, known)
    const find = () => findNextAtom(left, known, this.#sourceOf)
    for (let next = find(); next; next = find()) {
      left.delete(next)
      const atom = isFull ? this.#fullAtom(next.atom) : this.#ask(next.atom, { known, asked, body })
      written.push(atomLiteral(atom))
      asked.push(atomLiteral(atom))
      for (const name of variablesOf(next.atom.terms)) known.add(name)
      bindByEquality(body, known)
    }
    for (const literal of left) written.push(this.#rewriteOther(literal))
    return written
  }

  #ask(atom: Atom, { known, asked, body }: Passage): Atom {
    const source = this.#sourceOf(atom.relation)
    if (source.kind === 'stored') return atom
    const adornment = atom.terms.map((term) => (isKnown(term, known) ? 'b' : 'f')).join('')
    const name = this.#want(atom.relation, adornment)
    if (source.kind === 'external') this.#pull(atom, adornment)
    const given = [...asked, ...usableEqualities(body, asked)]
    this.#write({ kind: 'clause', head: questions(atom, adornment), body: given, span: atom.span })
    return { ...atom, relation: name }
  }

  #fullAtom(atom: Atom): Atom {
    const source = this.#sourceOf(atom.relation)
    if (source.kind === 'stored') return atom
    const isExternal = source.kind === 'external'
    const adornment = isExternal ? 'f'.repeat(atom.terms.length) : full
    const relation = this.#want(atom.relation, adornment)
    if (isExternal) {
      this.#pull(atom, adornment)
      this.#write({ kind: 'clause', head: questions(atom, adornment), body: [], span: atom.span })
    }
    return { ...atom, relation }
  }

  #pull(atom: Atom, adornment: string): void {
    const pull = pullOf(atom, adornment)
    this.#pulls.set(pull.name, pull)
  }

  #rewriteOther(literal: Literal): Literal {
    if (literal.kind === 'not') return { ...literal, atom: this.#fullAtom(literal.atom) }
    if (literal.kind !== 'aggregate') return literal
    const body = literal.body.map((inner) =>
      inner.kind === 'comparison' ? inner : { ...inner, atom: this.#fullAtom(inner.atom) },
    )
    return { ...literal, body }
  }
}

import type { Atom } from '../language/syntax.ts'
import type { Relation } from '../store/relation.ts'
import { isAsserted } from '../store/state.ts'
import type { Values } from '../store/values.ts'

/** Asserts in one relation what another of as many columns has asserted. */
export function copyAsserted(from: Relation, to: Relation): void {
  for (let row = 0; row < from.used; row += 1) {
    if (((from.state[row] as number) & isAsserted) === 0) continue
    from.columns.forEach((column, place) => (to.key[place] = column[row] as number))
    to.setAsserted(to.put(), true)
  }
}

/** Asserts a fact of a program: all of its terms are constants. */
export function assertFact(relation: Relation, { terms }: Atom, values: Values): void {
  terms.forEach((term, place) => {
    if (term.kind === 'constant') relation.key[place] = values.encode(term.value)
  })
  relation.setAsserted(relation.put(), true)
}

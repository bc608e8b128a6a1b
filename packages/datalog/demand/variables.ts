import type { Literal, Term } from '../language/syntax.ts'

export function variablesOf(terms: readonly Term[]): string[] {
  return terms.flatMap((term) => (term.kind === 'variable' && term.name !== '_' ? [term.name] : []))
}

/**
 * Adds the variables that `X = Y` and `X = 3` give a value to. Arithmetic is left out: it may fail, and is only
 * worked out for what satisfies the rest of its rule.
 */
export function bindByEquality(body: readonly Literal[], known: Set<string>): void {
  for (let size = -1; size !== known.size;) {
    size = known.size
    for (const literal of body) {
      if (literal.kind !== 'comparison' || literal.operator !== '=') continue
      for (const [side, other] of [
        [literal.left, literal.right],
        [literal.right, literal.left],
      ] as const) {
        if (side.kind !== 'variable' || known.has(side.name)) continue
        if (other.kind === 'constant' || (other.kind === 'variable' && known.has(other.name))) {
          known.add(side.name)
        }
      }
    }
  }
}

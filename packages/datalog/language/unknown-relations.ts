import type { Problem } from './errors.ts'
import type { Atom } from './syntax.ts'

/** Relations read that are not among those there are; each is told of once. */
export function checkKnown(atoms: readonly Atom[], known: ReadonlySet<string>): readonly Problem[] {
  const seen = new Set<string>()
  const problems: Problem[] = []
  for (const { relation, span } of atoms) {
    if (known.has(relation) || seen.has(relation)) continue
    seen.add(relation)
    const near = findNear(relation, known)
    const hint = near
      ? `Did you mean ${near}?`
      : 'Add it to the schema, or write a rule that has it as its head.'
    const message = `There is no relation ${relation}.`
    problems.push({ code: 'unknown-relation', message, hint, span })
  }
  return problems
}

function findNear(name: string, known: Iterable<string>): string | undefined {
  let best = Math.min(2, Math.floor(name.length / 2)) + 1
  let found: string | undefined
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= best) continue
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance >= best) continue
    best = distance
    found = candidate
  }
  return found
}

/** How many letters to add, remove or change. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [line, letter] of Array.from(one).entries()) {
    const next = [line + 1]
    for (let column = 1; column <= other.length; column++) {
      const changed = row[column - 1]! + (other[column - 1] === letter ? 0 : 1)
      next.push(Math.min(changed, row[column]! + 1, next[column - 1]! + 1))
    }
    row = next
  }
  return row.at(-1) ?? one.length
}

import { Ordering, type OrderOptions } from './ordering.ts'
import type { Step } from './steps.ts'

/**
 * The order of a rule's literals: whatever can be checked is checked at once, then the atom with the most
 * known columns and the fewest rows comes next. Arithmetic, which may fail, waits for all literals that do
 * not depend on it, so that whether it fails is not a matter of the order.
 */
export function orderBody(options: OrderOptions): Step[] {
  const usual = new Ordering(options)
  let steps = usual.run()
  if (options.given !== undefined) return steps
  // Nothing is given: which atom is gone through first decides how much there is to do.
  let { cost } = usual
  const usualFirst = firstAtom(steps)
  for (const [place, literal] of options.rule.body.entries()) {
    if (literal.kind !== 'atom' || literal.isNegated || place === usualFirst) continue
    const other = new Ordering(options)
    const otherSteps = other.run(place)
    if (other.cost >= cost) continue
    steps = otherSteps
    ;({ cost } = other)
  }
  return steps
}

function firstAtom(steps: readonly Step[]): number | undefined {
  return steps.find(({ kind }) => kind === 'scan' || kind === 'probe' || kind === 'lookup')?.literal
}

import type { Run } from './interpreted-run.ts'
import type { RuleExpression } from './rule.ts'
import type { Step } from './steps.ts'

/** Works out its code from what has been found so far. Throws for `_`, which has none. */
export function createValue(expression: RuleExpression, run: Run): () => number {
  const { codes } = run.bindings
  if (expression.kind === 'variable') return () => codes[expression.variable] as number
  if (expression.kind === 'constant') return () => expression.code
  if (expression.kind === 'any') throw new Error('a wildcard has no value')
  const left = createValue(expression.left, run)
  const right = createValue(expression.right, run)
  const { operator, text } = expression
  return () => run.machine.calculate(operator, [left(), right()], text)
}

/** Whether a comparison holds of what has been found so far. */
export function createComparison(
  step: Extract<Step, { kind: 'compare' }>,
  run: Run,
): () => boolean {
  const left = createValue(step.left, run)
  const right = createValue(step.right, run)
  const { machine } = run
  const tests = {
    '=': () => left() === right(),
    '!=': () => left() !== right(),
    '<': () => machine.compare(left(), right()) < 0,
    '<=': () => machine.compare(left(), right()) <= 0,
    '>': () => machine.compare(left(), right()) > 0,
    '>=': () => machine.compare(left(), right()) >= 0,
  }
  return tests[step.operator]
}

import { isNew } from '../store/state.ts'
import { createValue } from './interpret-expression.ts'
import { createStep, type Rest } from './interpret-step.ts'
import { type Bindings, createRun, type Next, type Run } from './interpreted-run.ts'
import type { Machine } from './machine.ts'
import type { Plan, RunPlan, Step } from './steps.ts'

/** The same as generated code, by closures: for where code from text is forbidden, and for what runs once. */
export function interpretPlan(plan: Plan, machine: Machine): RunPlan {
  const run = createRun(plan, machine)
  const go = chain(plan.steps, run, { ...plan, next: createOutcome(plan, run) })
  return (rows, count, argument) => {
    Object.assign(run, { rows, count, argument })
    return go(0)
  }
}

/** Calls `onFound` for each solution, until it answers true. */
export function searchPlan(
  plan: Omit<Plan, 'outcome'>,
  machine: Machine,
  onFound: (bindings: Bindings) => boolean,
): (rows: Int32Array, limit?: number) => boolean {
  const run = createRun(plan, machine)
  const next = () => (onFound(run.bindings) ? 1 : 0)
  const go = chain(plan.steps, run, { outcome: 'support', ruleNumber: plan.ruleNumber, next })
  return (rows, limit = 2 ** 31 - 1) => {
    Object.assign(run, { rows, count: rows.length, argument: limit })
    return go(0) !== 0
  }
}

function chain(steps: readonly Step[], run: Run, rest: Rest): Next {
  return steps.reduceRight<Next>(
    (next, step) => createStep(step, run, { ...rest, next }),
    rest.next,
  )
}

function createOutcome({ outcome, rule, ruleNumber, steps }: Plan, run: Run): Next {
  const { machine } = run
  const { budget } = machine
  const { head } = rule
  const isRanked = steps.some((step) => 'isRanked' in step && step.isRanked)
  const keys = rule.terms.map((term) => (outcome === 'support' ? () => 0 : createValue(term, run)))
  const fill = () => {
    if (++budget.fired > budget.allowed) budget.renew(ruleNumber)
    for (let place = 0; place < keys.length; place += 1)
      head.key[place] = (keys[place] as () => number)()
  }
  return (rank) => {
    fill()
    if (outcome === 'support') return rank + 1
    const row = outcome === 'examine' ? head.find() : head.put()
    if (outcome === 'count') machine.count(head, row, run.argument)
    else if (outcome === 'derive') {
      if (((head.state[row] as number) & isNew) === 0) machine.derive(head, row, rank + 1)
    } else if (row >= 0) machine.examine(head, row, isRanked ? rank : -1)
    return 0
  }
}

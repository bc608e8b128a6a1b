import type { Machine } from '../plan/machine.ts'
import type { Rule } from '../plan/rule.ts'
import type { Outcome, RunPlan } from '../plan/steps.ts'
import { isNew } from '../store/state.ts'

interface PullOptions {
  readonly rule: Rule
  readonly ruleNumber: number
  readonly outcome: Outcome
  readonly given?: number
}

/** The plan of a rule whose rows come from elsewhere: asks for them by each row of its one atom. */
export function createPull(
  { rule, ruleNumber, outcome, given }: PullOptions,
  machine: Machine,
): RunPlan {
  const [atom] = rule.body
  const { head, pull } = rule
  const { budget } = machine
  const ask = (question: number, sign: number) => {
    for (const codes of pull?.(question) ?? []) {
      if (++budget.fired > budget.allowed) budget.renew(ruleNumber)
      head.key.set(codes)
      const row = head.put()
      if (outcome === 'count') machine.count(head, row, sign)
      else machine.derive(head, row, 1)
    }
  }
  return (rows, count, sign) => {
    if (given !== undefined)
      for (let place = 0; place < count; place += 1) ask(rows[place] as number, sign)
    else if (atom?.kind === 'atom')
      for (let row = 0; row < atom.relation.used; row += 1)
        if ((atom.relation.state[row] as number) & isNew) ask(row, sign)
    return 0
  }
}

import type { Change } from '../contract.ts'
import { expectedAnswer, randomConjunction, randomGoal } from './law-queries.ts'
import type { LawState } from './law-state.ts'
import type { Row } from './naive-values.ts'
import type { Rows } from './naive.ts'
import { describeDifference, without } from './row-sets.ts'

export interface Watch {
  /** Whether subscribers were told exactly what changed since the last time. */
  check(state: LawState): string | undefined
  stop(): void
}

/** Subscribes to a few goals and a conjunction. */
export function watchAnswers(state: LawState): Watch {
  const { random, program, db } = state
  const goals = random.some(program.shapes, 3).map((shape) => randomGoal(random, shape))
  const subscriptions = [...goals, randomConjunction(random, program.shapes)].map((text) => {
    const told: Change<Row>[] = []
    const off = db.subscribe(text, (change) => void told.push(change as Change<Row>))
    return { text, told, off, rows: expectedAnswer(text, state.expected) }
  })
  return {
    check: (state) => {
      for (const subscription of subscriptions) {
        const before = subscription.rows
        subscription.rows = expectedAnswer(subscription.text, state.expected)
        const changes = subscription.told.splice(0)
        const problem = checkTold(changes, { before, after: subscription.rows })
        if (problem !== undefined) return `subscriber of ${subscription.text}: ${problem}`
      }
      return undefined
    },
    stop: () => {
      for (const { off } of subscriptions) off()
    },
  }
}

function checkTold(
  changes: readonly Change<Row>[],
  { before, after }: { readonly before: Rows; readonly after: Rows },
): string | undefined {
  if (changes.length > 1) return `told ${changes.length} times of one transaction`
  const [change] = changes
  if (change && change.added.length + change.removed.length === 0) return 'told of nothing'
  return (
    describeDifference('added', change?.added ?? [], without(after, before)) ??
    describeDifference('removed', change?.removed ?? [], without(before, after))
  )
}

import { sql } from 'drizzle-orm'
import { retryDelaySeconds } from '../../events/retry-delay.ts'
import { apInbox } from '../../models/activitypub-inbox.ts'
import type { Database } from '../../models/database.ts'

/** An activity that is this process's until the lease is over. `attempt` counts from 1. */
export interface ClaimedActivity {
  readonly activityUri: string
  readonly attempt: number
  readonly body: unknown
}

/** How something that came was dealt with. */
export type Outcome =
  | { readonly state: 'done' }
  /** It is none of ours, or not to be believed. The reason is for whoever looks into it. */
  | { readonly state: 'refused'; readonly reason: string }

const leaseSeconds = 60
const mostAttempts = 6
const firstRetrySeconds = 10

/** What one actor has sent is taken in the order in which it came. */
export async function claimActivities(
  database: Database,
  limit: number,
): Promise<readonly ClaimedActivity[]> {
  const { rows } = await database.execute<{
    activity_uri: string
    attempts: number
    body: unknown
  }>(sql`
    with due as (
      select activity_uri from ${apInbox} each
      where state = 'pending' and next_attempt_at <= now() and not exists (
        select from ${apInbox} earlier
        where earlier.actor_uri = each.actor_uri and earlier.state = 'pending'
          and earlier.id < each.id)
      order by next_attempt_at, id limit ${limit} for update skip locked
    )
    update ${apInbox} taken
    set attempts = taken.attempts + 1, next_attempt_at = now() + make_interval(secs => ${leaseSeconds})
    from due where taken.activity_uri = due.activity_uri
    returning taken.activity_uri, taken.attempts, taken.body`)
  return rows.map(({ activity_uri: activityUri, attempts: attempt, body }) => ({
    activityUri,
    attempt,
    body,
  }))
}

/** Only the names stay: what was said is where it belongs now, or nowhere. */
export async function finishActivity(
  database: Database,
  { activityUri, attempt }: ClaimedActivity,
  outcome: Outcome,
): Promise<void> {
  const reason = outcome.state === 'refused' ? outcome.reason.slice(0, 1000) : null
  await database.execute(sql`
    update ${apInbox} set state = ${outcome.state}, reason = ${reason}, body = null
    where activity_uri = ${activityUri} and attempts = ${attempt} and state = 'pending'`)
}

/** Again later, and in the end not at all: then somebody has to look at it. */
export async function postponeActivity(
  database: Database,
  { activityUri, attempt }: ClaimedActivity,
  reason: string,
): Promise<void> {
  const isLast = attempt >= mostAttempts
  const seconds = retryDelaySeconds(attempt, firstRetrySeconds)
  await database.execute(sql`
    update ${apInbox} set state = ${isLast ? 'parked' : 'pending'}, reason = ${reason.slice(0, 1000)},
      next_attempt_at = now() + make_interval(secs => ${seconds}::double precision)
    where activity_uri = ${activityUri} and attempts = ${attempt} and state = 'pending'`)
}

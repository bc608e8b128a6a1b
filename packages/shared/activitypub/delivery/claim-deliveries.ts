import { sql } from 'drizzle-orm'
import { apDeliveries } from '../../models/activitypub-outbox.ts'
import { apInstances } from '../../models/activitypub.ts'
import type { Database } from '../../models/database.ts'
import type { SignatureSpec } from '../signatures/signed-request.ts'

/** A delivery that is this process's until the lease is over. `attempt` counts from 1. */
export interface ClaimedDelivery {
  readonly id: number
  readonly outboxId: number
  readonly inbox: string
  readonly host: string
  readonly attempt: number
  readonly lastStatus: number | null
  readonly ageSeconds: number
  /** What is known of the server: how it wants to be signed to, and whether it was well. */
  readonly spec: SignatureSpec | null
  readonly failures: number
}

const leaseSeconds = 60
/** At once to one server that is well; one that is not gets one at a time. */
const mostPerHost = 4

/** So much is looked at for what is taken: enough to find several servers, however long the queue is. */
const looked = 200

/**
 * What is due, of several servers at once. What is about one object comes to an inbox in the order in which
 * it happened: a delivery waits for the earlier ones. `underWay` is what this process is at.
 */
export async function claimDeliveries(
  database: Database,
  { limit, underWay }: { limit: number; underWay: readonly ClaimedDelivery[] },
): Promise<readonly ClaimedDelivery[]> {
  const { rows } = await database.execute<{
    id: string
    outbox_id: string
    inbox: string
    host: string
    attempts: number
    last_status: number | null
    age: string
    signature_spec: SignatureSpec | null
    failures: number
  }>(sql`
    with due as (
      select each.id, each.host, each.next_attempt_at, instance.signature_spec,
        coalesce(instance.failures, 0) as failures
      from ${apDeliveries} each
      left join ${apInstances} instance on instance.host = each.host
      where each.state = 'queued' and each.next_attempt_at <= now()
        and (instance.closed_until is null or instance.closed_until <= now())
        and not exists (
          select from ${apDeliveries} earlier
          where earlier.object_uri = each.object_uri and earlier.inbox = each.inbox
            and earlier.outbox_id < each.outbox_id and earlier.state = 'queued')
      order by each.next_attempt_at, each.id limit ${looked}
    ), in_turn as (
      select id, next_attempt_at, signature_spec, failures,
        row_number() over (partition by host order by next_attempt_at, id)
          + coalesce((${JSON.stringify(countHosts(underWay))}::jsonb ->> host)::int, 0) as turn
      from due
    ), chosen as (
      select delivery.id, in_turn.signature_spec, in_turn.failures from ${apDeliveries} delivery
      join in_turn on in_turn.id = delivery.id
      where in_turn.turn <= case when in_turn.failures > 0 then 1 else ${mostPerHost}::int end
        and delivery.state = 'queued' and delivery.next_attempt_at <= now()
      order by in_turn.next_attempt_at, delivery.id
      limit ${limit} for update of delivery skip locked
    )
    update ${apDeliveries} taken
    set attempts = taken.attempts + 1, next_attempt_at = now() + make_interval(secs => ${leaseSeconds})
    from chosen where taken.id = chosen.id
    returning taken.id, taken.outbox_id, taken.inbox, taken.host, taken.attempts, taken.last_status,
      extract(epoch from now() - taken.created_at) as age, chosen.signature_spec, chosen.failures`)
  return rows.map((row) => ({
    id: Number(row.id),
    outboxId: Number(row.outbox_id),
    inbox: row.inbox,
    host: row.host,
    attempt: row.attempts,
    lastStatus: row.last_status,
    ageSeconds: Number(row.age),
    spec: row.signature_spec,
    failures: row.failures,
  }))
}

function countHosts(underWay: readonly ClaimedDelivery[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { host } of underWay) counts[host] = (counts[host] ?? 0) + 1
  return counts
}

import { type SQL, sql } from 'drizzle-orm'
import { apInstances } from '../models/activitypub.ts'
import type { Queryable } from '../models/database.ts'
import type { SignatureSpec } from './signatures/signed-request.ts'

/** After so many failures in a row a server is left alone for a while. */
export const failuresToClose = 5
export const daysToGiveUp = 7

const firstPauseMinutes = 30
const longestPauseMinutes = 24 * 60

/**
 * A server has spoken to us: it takes what it sends itself, and may be knocked at again now, whatever we
 * had thought of it. A statement, to be a part of another; a row that says so already is left alone.
 */
export function spoken(host: string, signatureSpec: SignatureSpec): SQL {
  return sql`
    insert into ${apInstances} (host, signature_spec) values (${host}, ${signatureSpec})
    on conflict (host) do update set
      signature_spec = excluded.signature_spec,
      closed_until = null,
      failing_since = case when ${isGivenUp()} then null else ${apInstances.failingSince} end,
      failures = case when ${isGivenUp()} then 0 else ${apInstances.failures} end
    where ${apInstances.signatureSpec} is distinct from excluded.signature_spec
      or ${apInstances.closedUntil} is not null`
}

/** It took what we sent, signed like this. */
export async function noteSuccess(
  database: Queryable,
  host: string,
  signatureSpec: SignatureSpec,
): Promise<void> {
  await database.execute(sql`
    insert into ${apInstances} (host, signature_spec) values (${host}, ${signatureSpec})
    on conflict (host) do update set signature_spec = excluded.signature_spec,
      failures = 0, failing_since = null, closed_until = null
    where ${apInstances.signatureSpec} is distinct from excluded.signature_spec
      or ${apInstances.failures} > 0`)
}

/** It could not be reached, or is not well. The pauses double, up to a day. */
export async function noteFailure(database: Queryable, host: string): Promise<void> {
  const failures = sql`(${apInstances.failures} + 1)`
  const minutes = sql`least(${longestPauseMinutes}::int,
    ${firstPauseMinutes}::int * (2 ^ least(${failures} - ${failuresToClose}::int, 10))::int)`
  await database.execute(sql`
    insert into ${apInstances} (host, failures, failing_since) values (${host}, 1, now())
    on conflict (host) do update set
      failures = ${failures},
      failing_since = coalesce(${apInstances.failingSince}, now()),
      closed_until = case when ${failures} >= ${failuresToClose}::int
        then now() + make_interval(mins => ${minutes}) end`)
}

/** In the words of a query on the table: it has failed for a week, so nothing more is kept for it. */
export function isGivenUp(): SQL {
  return sql`coalesce(${apInstances.failingSince} < now() - make_interval(days => ${daysToGiveUp}::int)
    and ${apInstances.failures} >= ${failuresToClose}::int, false)`
}

import { sql } from 'drizzle-orm'
import { apActorRules, apDomainRules } from '../models/activitypub.ts'
import type { Queryable } from '../models/database.ts'

/** Whether nothing is taken from this account: because of itself, or of its server. */
export async function isBlocked(database: Queryable, actorUri: string): Promise<boolean> {
  const { rows } = await database.execute<{ blocked: boolean }>(sql`select
    exists (select from ${apActorRules} where actor_uri = ${actorUri})
    or exists (select from ${apDomainRules} where host = ${URL.parse(actorUri)?.host ?? ''})
    as blocked`)
  return rows[0]?.blocked === true
}

import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { LetInApp } from '../../contracts/client-apps.ts'
import { clientApps } from '../../models/client-apps.ts'
import type { Database } from '../../models/database.ts'
import { oidcPayloads } from '../../models/sign-on.ts'

const clientId = sql<string>`(${oidcPayloads.payload} ->> 'clientId')`

/** Grants: what a member has let apps do (https://oauth.net/2/grant-types, oidc-provider's Grant). */
function grantsOf(userId: string): SQL | undefined {
  return and(
    eq(oidcPayloads.type, 'Grant'),
    eq(sql`(${oidcPayloads.payload} ->> 'accountId')`, userId),
    sql`(${oidcPayloads.expiresAt} is null or ${oidcPayloads.expiresAt} > now())`,
  )
}

/** One line an app, however many devices it was let in from. */
export async function listLetIn(database: Database, userId: string): Promise<readonly LetInApp[]> {
  const seconds = (value: SQL) => sql<number>`(${value})::float`.mapWith(Number)
  const issued = sql`(${oidcPayloads.payload} ->> 'iat')::bigint`
  const usedAt = sql`max(greatest(${issued}, (
    select max((token.payload ->> 'iat')::bigint) from ${oidcPayloads} token
    where token.grant_id = ${oidcPayloads.grantId} and token.type <> 'Grant'
  )))`
  const rows = await database
    .select({
      clientId,
      name: clientApps.name,
      homepage: clientApps.homepage,
      scopes: sql<(string | null)[]>`array_agg(${oidcPayloads.payload} -> 'openid' ->> 'scope')`,
      since: seconds(sql`min(${issued})`),
      usedAt: seconds(usedAt),
    })
    .from(oidcPayloads)
    .innerJoin(clientApps, eq(clientApps.id, clientId))
    .where(grantsOf(userId))
    .groupBy(clientId, clientApps.name, clientApps.homepage)
    .orderBy(sql`${usedAt} desc`)
  return rows.map(({ scopes, since, usedAt: used, ...app }) => ({
    ...app,
    scopes: [...new Set(scopes.flatMap((scope) => scope?.split(' ') ?? []))],
    since: new Date(since * 1000),
    usedAt: new Date(used * 1000),
  }))
}

/** All that has come of the grants goes with them. */
export async function takeBack(
  database: Database,
  app: { readonly userId: string; readonly clientId: string },
): Promise<void> {
  const grants = database
    .select({ id: oidcPayloads.grantId })
    .from(oidcPayloads)
    .where(and(grantsOf(app.userId), eq(clientId, app.clientId)))
  await database.delete(oidcPayloads).where(inArray(oidcPayloads.grantId, grants))
}

import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '../../models/database.ts'
import { logins, oidcPayloads } from '../../models/sign-on.ts'

/** What the provider's session says of the apps it has reached. */
const authorizationsSchema = z
  .record(z.string(), z.object({ sid: z.string().min(1) }).catch({ sid: '' }))
  .catch({})

interface ReachedClient {
  readonly clientId: string
  /** The `sid` of that client's ID tokens. */
  readonly sid: string
}

/** The OAuth clients that sign-ins have reached, by sign-in. To be asked before the sign-ins end. */
export async function findReachedClients(
  transaction: Transaction,
  ofLogins: SQL,
): Promise<ReadonlyMap<string, ReachedClient[]>> {
  const ids = transaction.select({ id: logins.id }).from(logins).where(ofLogins)
  const rows = await transaction
    .select({
      loginId: oidcPayloads.loginId,
      authorizations: sql<unknown>`${oidcPayloads.payload} -> 'authorizations'`,
    })
    .from(oidcPayloads)
    .where(and(eq(oidcPayloads.type, 'Session'), inArray(oidcPayloads.loginId, ids)))
  return new Map(
    rows.map(({ loginId, authorizations }) => {
      const entries = Object.entries(authorizationsSchema.parse(authorizations))
      const clients = entries.map(([clientId, { sid }]) => ({ clientId, sid }))
      return [loginId ?? '', clients.filter(({ sid }) => sid !== '')]
    }),
  )
}

import { randomUUID } from 'node:crypto'
import type { AppName } from '@rose-ash/shared/contracts/apps'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import { createCache } from '@rose-ash/shared/infrastructure/cache/create-cache'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createSessionStore } from '@rose-ash/shared/infrastructure/sessions/session-store'
import { logins } from '@rose-ash/shared/models/sign-on'
import { createAccountService } from '@rose-ash/shared/services/account/account-service'

/** Somebody who is signed in at one app, as if they had gone the whole way. */
export interface TestSession {
  readonly user: CurrentUser
  /** The value of the cookie `session`. */
  readonly session: string
  /** For a request's `cookie` header, on plain http. */
  readonly cookie: string
  readonly loginId: string
  readonly deviceId: string
  /** What the authorization server calls the session. */
  readonly sid: string
}

/** Opens a session without any app, mail or authorization server; the account is made if need be. */
export async function createSession(options: {
  readonly connection: Pick<DatabaseConnection, 'database'>
  readonly app: AppName
  readonly email?: string
  /** Default: just now. */
  readonly authenticatedAt?: Date
}): Promise<TestSession> {
  const { app, connection, email = `${randomUUID()}@example.org` } = options
  const { database } = connection
  const cache = createCache({ prefix: 'test', log: createLog({ app, level: 'silent' }) })
  try {
    const account = createAccountService({ database, cache })
    const user = await account.ensureUser(email)
    const [loginId, deviceId, sid] = [randomUUID(), randomUUID(), randomUUID()]
    const login = { id: loginId, userId: user.id, deviceId, app, createdAt: new Date() }
    await database.insert(logins).values(login)
    const store = createSessionStore({ app, database, cache })
    const session = await store.open({
      userId: user.id,
      loginId,
      deviceId,
      sid,
      authenticatedAt: options.authenticatedAt ?? new Date(),
    })
    if (session === undefined) throw new Error('The sign-in was ended before it began.')
    return { user, session, cookie: `session=${session}`, loginId, deviceId, sid }
  } finally {
    await cache.close()
  }
}

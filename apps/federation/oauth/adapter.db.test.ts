import { randomBytes, randomUUID } from 'node:crypto'
import { createTestDatabase } from '@rose-ash/testing/database'
import { eq, sql } from 'drizzle-orm'
import type { AdapterPayload } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logins, oidcPayloads, users } from '../models/index.ts'
import { createAdapterFactory } from './adapter.ts'
import { createSealedCodes } from './sealed-codes.ts'

type Connection = Awaited<ReturnType<typeof createTestDatabase>>

let connection: Connection
beforeAll(async () => {
  connection = await createTestDatabase()
})
afterAll(() => connection.close())

const codes = createSealedCodes(randomBytes(32))
const adapterOf = (type: string) =>
  createAdapterFactory({ connection, codes, endLogin: async () => {} })(type)
const minute = 60

async function createLogin(): Promise<string> {
  const { database } = connection
  const [user] = await database
    .insert(users)
    .values({ email: `${randomUUID()}@example.org`, displayName: 'Somebody' })
    .returning()
  const id = randomUUID()
  const login = { id, userId: user!.id, deviceId: randomUUID(), app: 'blog', createdAt: new Date() }
  await database.insert(logins).values(login)
  return id
}

function session(uid: string, payload: AdapterPayload = {}): AdapterPayload {
  return { jti: randomUUID(), uid, accountId: randomUUID(), kind: 'Session', ...payload }
}

describe('what the provider keeps', () => {
  test('what was stored is found by its id, as it was', async () => {
    const payload = { jti: 'code-1', kind: 'AuthorizationCode', clientId: 'blog', scope: 'openid' }
    await adapterOf('AuthorizationCode').upsert('code-1', payload, minute)
    expect(await adapterOf('AuthorizationCode').find('code-1')).toEqual(payload)
    expect(await adapterOf('AccessToken').find('code-1')).toBeUndefined()
    expect(await adapterOf('AuthorizationCode').find('code-2')).toBeUndefined()
  })

  test('ids are secrets and are nowhere in the table', async () => {
    const id = randomUUID()
    const loginId = await createLogin()
    await adapterOf('AccessToken').upsert(id, { jti: id, kind: 'AccessToken' }, minute)
    await adapterOf('Session').upsert(`${id}-session`, session(loginId, { jti: `${id}-session` }))
    const { rows } = await connection.pool.query(
      `select count(*)::int as count from oidc_payloads where oidc_payloads::text like '%${id}%'`,
    )
    expect(rows).toEqual([{ count: 0 }])
  })

  test('what is destroyed is gone', async () => {
    await adapterOf('AccessToken').upsert('token-1', { kind: 'AccessToken' }, minute)
    await adapterOf('AccessToken').destroy('token-1')
    expect(await adapterOf('AccessToken').find('token-1')).toBeUndefined()
  })

  test('revoking a grant takes all that came from it, and nothing else', async () => {
    await adapterOf('AccessToken').upsert(
      'mine',
      { kind: 'AccessToken', grantId: 'grant-1' },
      minute,
    )
    await adapterOf('AuthorizationCode').upsert('mine', { grantId: 'grant-1' }, minute)
    await adapterOf('AccessToken').upsert('other', { grantId: 'grant-2' }, minute)
    await adapterOf('AccessToken').revokeByGrantId('grant-1')
    expect(await adapterOf('AccessToken').find('mine')).toBeUndefined()
    expect(await adapterOf('AuthorizationCode').find('mine')).toBeUndefined()
    expect(await adapterOf('AccessToken').find('other')).toBeDefined()
  })

  test('a device code is found by what its reader types, and can be saved again', async () => {
    const code = { jti: 'device-code-1', kind: 'DeviceCode', userCode: 'BCDF-GHJK' }
    await adapterOf('DeviceCode').upsert('device-code-1', code, minute)
    expect(await adapterOf('DeviceCode').findByUserCode('BCDF-GHJK')).toEqual(code)
  })
})

describe('using something once', () => {
  test('of eight who redeem at once exactly one wins, in each of a hundred rounds', async () => {
    for (let round = 0; round < 100; round += 1) {
      const type = round % 2 === 0 ? 'AuthorizationCode' : 'RefreshToken'
      const isSealed = round % 4 === 0
      const exp = Math.floor(Date.now() / 1000) + minute
      const id = isSealed ? codes.seal({ exp }) : randomUUID()
      if (!isSealed) await adapterOf(type).upsert(id, { jti: id, kind: type }, minute)
      const attempts = await Promise.allSettled(
        Array.from({ length: 8 }, () => adapterOf(type).consume(id)),
      )
      const lost = attempts.filter((attempt) => attempt.status === 'rejected')
      expect(lost).toHaveLength(7)
      expect(lost.every(({ reason }) => reason.error === 'invalid_grant')).toBe(true)
    }
  })

  test('what was used says so when it is found again', async () => {
    const id = randomUUID()
    await adapterOf('AuthorizationCode').upsert(id, { jti: id }, minute)
    await adapterOf('AuthorizationCode').consume(id)
    const found = await adapterOf('AuthorizationCode').find(id)
    expect(found?.consumed).toBeCloseTo(Date.now() / 1000, -2)
  })
})

describe('sessions', () => {
  test('a session of nobody is not kept', async () => {
    await adapterOf('Session').upsert('stranger', { jti: 'stranger', uid: 'nobody' }, minute)
    expect(await adapterOf('Session').find('stranger')).toBeUndefined()
  })

  test('tabs that sign in to several apps at once lose none of them', async () => {
    const loginId = await createLogin()
    const id = randomUUID()
    const read = session(loginId, { jti: id })
    await adapterOf('Session').upsert(id, read, minute)
    const apps = ['blog', 'market', 'cart', 'events']
    await Promise.all(
      apps.map((app) => {
        const authorizations = { [app]: { sid: app, grantId: app } }
        return adapterOf('Session').upsert(id, { ...read, authorizations }, minute)
      }),
    )
    const found = await adapterOf('Session').findByUid(loginId)
    expect(Object.keys(found?.authorizations ?? {}).toSorted()).toEqual(apps.toSorted())
  })

  test('with a sign-in goes its session, its grants, its codes and its tokens', async () => {
    const loginId = await createLogin()
    const other = await createLogin()
    for (const id of [loginId, other]) {
      const bound = { sessionUid: id, expiresWithSession: true, grantId: `grant of ${id}` }
      await adapterOf('Session').upsert(`session ${id}`, session(id), minute)
      await adapterOf('AuthorizationCode').upsert(`code ${id}`, bound, minute)
      await adapterOf('AccessToken').upsert(`token ${id}`, bound, minute)
    }
    await connection.database.delete(logins).where(eq(logins.id, loginId))
    const left = await connection.database
      .select({ loginId: oidcPayloads.loginId, count: sql<number>`count(*)::int` })
      .from(oidcPayloads)
      .where(sql`${oidcPayloads.loginId} in (${loginId}, ${other})`)
      .groupBy(oidcPayloads.loginId)
    expect(left).toEqual([{ loginId: other, count: 3 }])
  })

  test('a tab that was on its way while somebody signed out cannot bring them back', async () => {
    const ended = randomUUID()
    const bound = { sessionUid: ended, expiresWithSession: true }
    await adapterOf('Session').upsert(`late ${ended}`, session(ended), minute)
    expect(await adapterOf('Session').find(`late ${ended}`)).toBeUndefined()
    await expect(
      adapterOf('AuthorizationCode').upsert(`late ${ended}`, bound, minute),
    ).rejects.toThrow('login_required')
    await expect(adapterOf('AccessToken').upsert(`late ${ended}`, bound, minute)).rejects.toThrow(
      'invalid_grant',
    )
  })
})

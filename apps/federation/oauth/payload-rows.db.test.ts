import { randomUUID } from 'node:crypto'
import { createTestDatabase } from '@rose-ash/testing/database'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logins, oidcPayloads, users } from '../models/index.ts'
import { createPayloadRows, type NewRow, type PayloadRows } from './payload-rows.ts'

let connection: Awaited<ReturnType<typeof createTestDatabase>>
let rows: PayloadRows
beforeAll(async () => {
  connection = await createTestDatabase()
  rows = createPayloadRows(connection.pool)
})
afterAll(() => connection.close())

const row = (type: string, more: Partial<NewRow> = {}): NewRow => ({
  type,
  idHash: randomUUID(),
  payload: { kind: type, accountId: randomUUID() },
  grantId: null,
  uid: null,
  userCode: null,
  loginId: null,
  expiresAt: new Date(Date.now() + 60_000),
  ...more,
})

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

/** As by many browsers at the same time. */
const together = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_nothing, index) => work(index)))

describe('rows that are asked for at the same time', () => {
  test('each gets its own, and who asks for none gets none', async () => {
    const saved = Array.from({ length: 100 }, () => row('AccessToken'))
    expect(await Promise.all(saved.map((one) => rows.save(one)))).not.toContain(false)
    const found = await Promise.all(saved.map((one) => rows.find(one)))
    expect(found.map((one) => one?.payload)).toEqual(saved.map(({ payload }) => payload))
    expect(await rows.find({ ...saved[0]!, type: 'RefreshToken' })).toBeUndefined()
  })

  test('two who ask for the same row can change what they have got', async () => {
    const saved = row('AuthorizationCode')
    await rows.save(saved)
    const [first, second] = await together(2, () => rows.find(saved))
    first!.payload['changed'] = true
    expect(second!.payload).toEqual(saved.payload)
  })

  test('a token comes with its session, and with no other', async () => {
    const [mine, other] = [await createLogin(), await createLogin()]
    for (const loginId of [mine, other]) {
      const payload = { uid: loginId, accountId: loginId }
      await rows.save(row('Session', { payload, uid: loginId, loginId }))
    }
    const bound = { accountId: 'me', sessionUid: mine }
    const token = row('AccessToken', { payload: bound, loginId: mine })
    const free = row('AccessToken', { payload: bound })
    await together(2, (index) => rows.save([token, free][index]!))
    expect((await rows.find(token))?.session).toEqual({ uid: mine, accountId: mine })
    expect((await rows.find(free))?.session).toBeNull()
  })

  test('of a batch only what hangs on an ended sign-in is refused', async () => {
    const loginId = await createLogin()
    const good = [row('AccessToken', { loginId }), row('AccessToken'), row('RefreshToken')]
    const late = row('AccessToken', { loginId: randomUUID() })
    const outcomes = await Promise.allSettled([...good, late].map((one) => rows.save(one)))
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
    ])
    for (const one of good) expect(await rows.find(one)).toBeDefined()
    expect(await rows.find(late)).toBeUndefined()
  })
})

describe('a code that is used up by a token', () => {
  test('of eight in two processes exactly one gets a token, in each of fifty rounds', async () => {
    const processes = [rows, createPayloadRows(connection.pool)]
    for (let round = 0; round < 50; round += 1) {
      const code = row('AuthorizationCode')
      await rows.save(code)
      const tokens = Array.from({ length: 8 }, () => row('AccessToken', { codeHash: code.idHash }))
      const isSaved = await together(8, (index) => processes[index % 2]!.save(tokens[index]!))
      expect(isSaved.filter(Boolean)).toHaveLength(1)
      const found = await together(8, (index) => rows.find(tokens[index]!))
      expect(found.map((one) => one !== undefined)).toEqual(isSaved)
      expect((await rows.find(code))?.consumedAt).toBeInstanceOf(Date)
    }
  })

  test('so it is with one of which nothing is stored', async () => {
    const processes = [rows, createPayloadRows(connection.pool)]
    const sealedUntil = new Date(Date.now() + 60_000)
    for (let round = 0; round < 50; round += 1) {
      const code = { type: 'AuthorizationCode', idHash: randomUUID() }
      const used = { codeHash: code.idHash, sealedUntil }
      const tokens = Array.from({ length: 8 }, () => row('AccessToken', used))
      const isSaved = await together(8, (index) => processes[index % 2]!.save(tokens[index]!))
      expect(isSaved.filter(Boolean)).toHaveLength(1)
      const found = await together(8, (index) => rows.find(tokens[index]!))
      expect(found.map((one) => one !== undefined)).toEqual(isSaved)
      expect((await rows.find(code))?.consumedAt).toBeInstanceOf(Date)
    }
  })

  test('is not used up when the sign-in has ended and there is no token', async () => {
    const code = row('AuthorizationCode')
    await rows.save(code)
    const token = row('AccessToken', { loginId: randomUUID(), codeHash: code.idHash })
    await expect(rows.save(token)).rejects.toThrow('foreign key')
    expect((await rows.find(code))?.consumedAt).toBeNull()
  })

  test('that is not there gives nothing', async () => {
    expect(await rows.save(row('AccessToken', { codeHash: 'unknown' }))).toBe(false)
  })

  test('while a member signs out of several devices, nobody waits for each other in a circle', async () => {
    const { database } = connection
    const loginIds = await together(20, createLogin)
    const payload = { kind: 'AccessToken', accountId: randomUUID() }
    const tokens = loginIds.map((loginId) => row('AccessToken', { loginId, payload }))
    const ending = database.transaction(async (transaction) => {
      for (const id of loginIds.toReversed()) {
        await transaction.delete(logins).where(eq(logins.id, id))
      }
    })
    const saving = Promise.allSettled(tokens.map((token) => rows.save(token)))
    await ending
    await saving
    const left = await database
      .select()
      .from(oidcPayloads)
      .where(eq(oidcPayloads.type, 'AccessToken'))
    expect(left.filter(({ loginId }) => loginIds.includes(loginId ?? ''))).toEqual([])
  })
})

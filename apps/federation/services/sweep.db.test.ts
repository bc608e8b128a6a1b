import { createTestDatabase } from '@rose-ash/testing/database'
import { createSession } from '@rose-ash/testing/sign-in'
import { expect, test } from 'vitest'
import { loginRequests, loginTokens, oidcPayloads } from '../models/index.ts'
import { sweepSignOn } from './sweep.ts'

test('what has run out goes, and what still counts stays', async () => {
  await using connection = await createTestDatabase()
  const { database, pool } = connection
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000)
  await database.insert(oidcPayloads).values([
    { type: 'AccessToken', idHash: 'old', payload: {}, expiresAt: at(-25) },
    { type: 'AccessToken', idHash: 'used a moment ago', payload: {}, expiresAt: at(-1) },
    { type: 'AccessToken', idHash: 'good', payload: {}, expiresAt: at(1) },
  ])
  const token = { email: 'ada@example.org', interactionHash: 'x', askedFrom: 'x' }
  await database.insert(loginTokens).values([
    { ...token, tokenHash: 'old', expiresAt: at(-0.1) },
    { ...token, tokenHash: 'good', expiresAt: at(0.1) },
  ])
  const request = { addressHash: 'x', networkHash: 'x' }
  await database.insert(loginRequests).values([
    { ...request, requestedAt: at(-2) },
    { ...request, requestedAt: at(-0.5) },
  ])
  const [kept, expired] = [
    await createSession({ connection, app: 'blog' }),
    await createSession({ connection, app: 'blog' }),
  ]
  await pool.query(`update logins set created_at = now() - interval '100 days'`)
  await pool.query(`update sessions set expires_at = now() where login_id = $1`, [expired.loginId])

  await sweepSignOn(database)

  const left = await pool.query(`
    select (select array_agg(id_hash order by id_hash) from oidc_payloads) as payloads,
           (select array_agg(token_hash) from login_tokens) as tokens,
           (select count(*)::int from login_requests) as requests,
           (select array_agg(login_id) from sessions) as sessions,
           (select array_agg(id) from logins) as logins`)
  expect(left.rows).toEqual([
    {
      payloads: ['good', 'used a moment ago'],
      tokens: ['good'],
      requests: 1,
      sessions: [kept.loginId],
      logins: [kept.loginId],
    },
  ])
})

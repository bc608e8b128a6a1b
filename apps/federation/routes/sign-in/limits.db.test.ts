import { randomUUID } from 'node:crypto'
import type { Visitor } from '@rose-ash/testing/visitor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorld, type World } from '../../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog', 'market'] })
})
afterAll(() => world[Symbol.asyncDispose]())

const newEmail = () => `${randomUUID()}@example.org`
const query = async (text: string, values: unknown[] = []) =>
  (await world.connection.pool.query(text, values)).rows
/** As if it had been asked for earlier, so that another may be asked for. */
const makeOlder = (email: string, seconds: number) =>
  query(
    `update login_tokens set requested_at = requested_at - make_interval(secs => $2)
     where lower(email) = lower($1)`,
    [email, seconds],
  )
function isSignedIn(visitor: Visitor): boolean {
  return visitor.cookies.names('market.localhost').includes('session')
}

describe('limits', () => {
  test('the same address waits thirty seconds for the next mail', async () => {
    const email = newEmail()
    const visitor = world.visitor()
    const { page } = await world.askForLink(visitor, { app: 'market', email })
    const again = await visitor.submit(page.url.href, { email })
    expect(again.status).toBe(429)
    expect(again.body).toMatch(/another one in \d+ seconds/)
    expect(await world.mailbox.sentTo(email)).toHaveLength(1)
    await makeOlder(email, 31)
    expect((await visitor.submit(page.url.href, { email })).status).toBe(200)
    expect(await world.mailbox.sentTo(email)).toHaveLength(2)
  })

  test('who has signed in may do so on the next device at once', async () => {
    const email = newEmail()
    await world.signIn(world.visitor(), { app: 'market', email })
    const phone = world.visitor()
    await world.signIn(phone, { app: 'market', email })
    expect(isSignedIn(phone)).toBe(true)
  })

  test('one address gets five mails an hour, also when they are asked for at once', async () => {
    const email = newEmail()
    for (let count = 1; count <= 5; count += 1) {
      await world.askForLink(world.visitor(), { app: 'market', email })
      await makeOlder(email, 31)
    }
    const asks = Array.from({ length: 4 }, async () => {
      const visitor = world.visitor()
      const page = await visitor.open(`${world.urls.market}/auth/login`)
      return visitor.submit(page.url.href, { email })
    })
    for (const { status, body } of await Promise.all(asks)) {
      expect(status).toBe(429)
      expect(body).toContain('Five mails have gone to this address')
    }
    expect(await world.mailbox.sentTo(email)).toHaveLength(5)
  })

  test('eight who ask for one address at the same moment get one mail out', async () => {
    const email = newEmail()
    const asks = Array.from({ length: 8 }, async () => {
      const visitor = world.visitor()
      const page = await visitor.open(`${world.urls.market}/auth/login`)
      return visitor.submit(page.url.href, { email })
    })
    const statuses = (await Promise.all(asks)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(await world.mailbox.sentTo(email)).toHaveLength(1)
  })

  test('one network gets twenty mails an hour', async () => {
    const visitor = world.visitor()
    for (let count = 1; count <= 20; count += 1) {
      const { sent } = await world.askForLink(visitor, { app: 'market', email: newEmail() })
      expect(sent.status).toBe(200)
    }
    const page = await visitor.open(`${world.urls.market}/auth/login`)
    const answer = await visitor.submit(page.url.href, { email: newEmail() })
    expect(answer.status).toBe(429)
    expect(answer.body).toContain('from your network')
  })

  test('what is counted names neither address nor network', async () => {
    const email = newEmail()
    await world.askForLink(world.visitor(), { app: 'market', email })
    const found = await query(
      `select 1 from login_requests
       where login_requests::text like '%' || $1 || '%' or login_requests::text like '%198.51%'`,
      [email],
    )
    expect(found).toEqual([])
  })
})

import { randomUUID } from 'node:crypto'
import type { Visitor } from '@rose-ash/testing/visitor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pressButton, startWorld, type World } from '../../test-world.ts'

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
const makeExpired = (email: string) =>
  query(`update login_tokens set expires_at = now() where lower(email) = lower($1)`, [email])
function isSignedIn(visitor: Visitor): boolean {
  return visitor.cookies.names('market.localhost').includes('session')
}

describe('asking for a link', () => {
  test('the page says the same for a member and for somebody it has never heard of', async () => {
    const member = newEmail()
    await world.signIn(world.visitor(), { app: 'market', email: member })
    const answers = []
    for (const email of [member, newEmail()]) {
      const visitor = world.visitor()
      const { sent } = await world.askForLink(visitor, { app: 'market', email })
      answers.push({
        status: sent.status,
        body: sent.body.replaceAll(email, '').replaceAll(/sign-in\/[\w-]+/g, ''),
      })
    }
    expect(answers[0]).toEqual(answers[1])
  })

  test('an account is made by the first sign-in and not by asking', async () => {
    const email = newEmail()
    const visitor = world.visitor()
    const { link } = await world.askForLink(visitor, { app: 'market', email })
    expect(await query('select 1 from users where email = $1', [email])).toEqual([])
    await pressButton(visitor, link)
    expect(await query('select 1 from users where email = $1', [email])).toHaveLength(1)
  })

  test('one person has one account, however the address is written', async () => {
    const email = newEmail()
    await world.signIn(world.visitor(), { app: 'market', email })
    const visitor = world.visitor()
    const page = await visitor.open(`${world.urls.market}/auth/login`)
    await visitor.submit(page.url.href, { email: `  ${email.toUpperCase()} ` })
    await pressButton(visitor, await world.linkIn(email))
    expect(isSignedIn(visitor)).toBe(true)
    const found = await query('select email from users where lower(email) = $1', [email])
    expect(found).toEqual([{ email }])
  })

  test('the mail says where and when it was asked for', async () => {
    const email = newEmail()
    await world.askForLink(world.visitor(), { app: 'market', email })
    const [mail] = await world.mailbox.sentTo(email)
    expect(mail!.text).toMatch(/with Firefox on Linux, from 198\.51\.\d+\.\d+/)
    expect(mail!.text).toContain(new URL(world.urls.market).host)
    expect(mail!.text).toMatch(/\d{4}, \d\d:\d\d \(Europe\/London\)/)
    expect(mail!.links).toHaveLength(1)
  })

  test.each([
    '',
    'nobody',
    'a@b',
    'a@example.org, b@example.org',
    `${'a'.repeat(300)}@example.org`,
  ])('“%s” is no address: the form comes back with what was typed', async (email) => {
    const visitor = world.visitor()
    const page = await visitor.open(`${world.urls.market}/auth/login`)
    const answer = await visitor.submit(page.url.href, { email })
    expect(answer.status).toBe(400)
    expect(answer.body).toContain('aria-invalid="true"')
    expect(answer.body).toContain(`value="${email}"`)
  })

  test('the pages may be shown in no frame, and tell no other site where they are', async () => {
    const { page } = await world.askForLink(world.visitor(), { app: 'market', email: newEmail() })
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(page.headers['x-frame-options']).toBe('DENY')
    expect(page.headers['referrer-policy']).toBe('no-referrer')
  })

  test('a form that another site sends asks for nothing', async () => {
    const email = newEmail()
    const visitor = world.visitor()
    const page = await visitor.open(`${world.urls.market}/auth/login`)
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }
    expect((await visitor.submit(page.url.href, { email }, { headers })).status).toBe(403)
    expect(await world.mailbox.sentTo(email)).toEqual([])
  })
})

describe('the link', () => {
  test.each(['GET', 'HEAD'])(
    '%s changes nothing, as often as a mail scanner tries',
    async (method) => {
      const email = newEmail()
      const visitor = world.visitor()
      const { link } = await world.askForLink(visitor, { app: 'market', email })
      const scanner = world.visitor()
      for (let attempt = 0; attempt < 3; attempt += 1) {
        expect((await scanner.open(link, { method })).status).toBe(200)
        expect((await visitor.open(link, { method })).status).toBe(200)
      }
      expect(isSignedIn(visitor)).toBe(false)
      expect(await query('select code_hash from login_tokens where email = $1', [email])).toEqual([
        { code_hash: null },
      ])
      await pressButton(visitor, link)
      expect(isSignedIn(visitor)).toBe(true)
    },
  )

  test('is good once', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const { link } = await world.askForLink(visitor, { app: 'market', email })
    await pressButton(visitor, link)
    const again = await pressButton(visitor, link)
    expect(again.status).toBe(410)
    expect(again.body).toContain('This link is no longer good')
  })

  test('pressed eight times at once signs in once', async () => {
    const visitor = world.visitor()
    const { link } = await world.askForLink(visitor, { app: 'market', email: newEmail() })
    const { origin, pathname, searchParams } = new URL(link)
    const form = { token: searchParams.get('token')! }
    const press = () => visitor.submit(origin + pathname, form, { follows: false })
    const answers = await Promise.all(Array.from({ length: 8 }, press))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(7)
  })

  test('is good for fifteen minutes', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const { link } = await world.askForLink(visitor, { app: 'market', email })
    await makeExpired(email)
    expect((await visitor.open(link)).status).toBe(410)
    expect((await pressButton(visitor, link)).status).toBe(410)
    expect(isSignedIn(visitor)).toBe(false)
  })

  test('is no longer good when another was asked for, in any browser', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const { link } = await world.askForLink(visitor, { app: 'market', email })
    await makeOlder(email, 31)
    const newer = await world.askForLink(world.visitor(), { app: 'market', email })
    expect(newer.link).not.toBe(link)
    expect((await pressButton(visitor, link)).status).toBe(410)
  })

  test('is no longer good when the address was corrected in the same window', async () => {
    const visitor = world.visitor()
    const { link, page } = await world.askForLink(visitor, { app: 'market', email: newEmail() })
    const corrected = newEmail()
    await visitor.submit(page.url.href, { email: corrected })
    expect((await pressButton(visitor, link)).status).toBe(410)
    await pressButton(visitor, await world.linkIn(corrected))
    expect(isSignedIn(visitor)).toBe(true)
  })

  test('is stored as a hash', async () => {
    const { link } = await world.askForLink(world.visitor(), { app: 'market', email: newEmail() })
    const token = new URL(link).searchParams.get('token')!
    const found = await query(
      `select 1 from login_tokens where login_tokens::text like '%' || $1 || '%'`,
      [token],
    )
    expect(found).toEqual([])
  })

  test.each(['', 'x', 'a'.repeat(43)])('the token “%s” opens nothing', async (token) => {
    const visitor = world.visitor()
    const { link } = await world.askForLink(visitor, { app: 'market', email: newEmail() })
    const url = new URL(link)
    url.searchParams.set('token', token)
    expect((await visitor.open(url.href)).status).toBe(410)
    expect((await pressButton(visitor, url.href)).status).toBe(410)
  })
})

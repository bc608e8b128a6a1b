import { randomUUID } from 'node:crypto'
import type { Visited, Visitor } from '@rose-ash/testing/visitor'
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

function codeOn({ body }: Visited): string {
  return /<output>(\d{3} \d{3})<\/output>/.exec(body)?.[1] ?? ''
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

  test.each(['', 'x', `${'a'.repeat(43)}`])('the token “%s” opens nothing', async (token) => {
    const visitor = world.visitor()
    const { link } = await world.askForLink(visitor, { app: 'market', email: newEmail() })
    const url = new URL(link)
    url.searchParams.set('token', token)
    expect((await visitor.open(url.href)).status).toBe(410)
    expect((await pressButton(visitor, url.href)).status).toBe(410)
  })
})

describe('the link in another browser', () => {
  test('shows a code, which signs in the window that waits and nobody else', async () => {
    const laptop = world.visitor()
    const phone = world.visitor()
    const email = newEmail()
    const { link, sent } = await world.askForLink(laptop, { app: 'market', email, next: '/page' })
    const opened = await phone.open(link)
    expect(opened.body).toContain('A code for the other window')
    expect(opened.body).toContain('Firefox on Linux')
    const shown = await pressButton(phone, link)
    expect(codeOn(shown)).toMatch(/^\d{3} \d{3}$/)
    expect(isSignedIn(phone)).toBe(false)

    const codeUrl = sent.url.href.replace('/sent', '/code')
    expect((await phone.submit(codeUrl, { code: codeOn(shown) })).status).toBe(410)
    const back = await laptop.submit(codeUrl, { code: codeOn(shown) })
    expect(back.url.href).toBe(`${world.urls.market}/page`)
    expect(back.body).toContain(email)
    expect((await phone.open(link)).status).toBe(410)
  })

  test('there is no code before somebody with the mail asks for it', async () => {
    const laptop = world.visitor()
    const { sent } = await world.askForLink(laptop, { app: 'market', email: newEmail() })
    const answer = await laptop.submit(sent.url.href.replace('/sent', '/code'), { code: '000000' })
    expect(answer.status).toBe(400)
  })

  test('after five wrong codes the right one is of no use any more', async () => {
    const laptop = world.visitor()
    const { sent, link } = await world.askForLink(laptop, { app: 'market', email: newEmail() })
    const code = codeOn(await pressButton(world.visitor(), link))
    const codeUrl = sent.url.href.replace('/sent', '/code')
    const wrong = code === '000 000' ? '111111' : '000000'
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      expect((await laptop.submit(codeUrl, { code: wrong })).status).toBe(400)
    }
    expect((await laptop.submit(codeUrl, { code: wrong })).status).toBe(410)
    expect((await laptop.submit(codeUrl, { code })).status).toBe(410)
    expect(isSignedIn(laptop)).toBe(false)
  })

  test('guesses that come all at once share the five', async () => {
    const laptop = world.visitor()
    const { sent, link } = await world.askForLink(laptop, { app: 'market', email: newEmail() })
    const code = codeOn(await pressButton(world.visitor(), link)).replace(' ', '')
    const codeUrl = sent.url.href.replace('/sent', '/code')
    const guesses = Array.from({ length: 20 }, (_, index) => String(index).padStart(6, '0'))
    const wrong = guesses.filter((guess) => guess !== code)
    await Promise.all(wrong.map((guess) => laptop.submit(codeUrl, { code: guess })))
    await laptop.submit(codeUrl, { code })
    expect(isSignedIn(laptop)).toBe(false)
  })
})

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

describe('an interaction', () => {
  test('that is over says so and leads to a new one', async () => {
    const visitor = world.visitor()
    const { page, link } = await world.askForLink(visitor, { app: 'market', email: newEmail() })
    await query(`delete from oidc_payloads where type = 'Interaction'`)
    for (const url of [page.url.href, page.url.href.replace('?', '/sent?')]) {
      const visited = await visitor.open(url)
      expect(visited.status).toBe(410)
      expect(visited.body).toContain(`href="${world.urls.market}/auth/login"`)
    }
    // The mail still opens, and offers a code that nobody waits for.
    expect((await visitor.open(link)).status).toBe(200)
  })

  test('belongs to the browser that began it', async () => {
    const { page } = await world.askForLink(world.visitor(), { app: 'market', email: newEmail() })
    const other = world.visitor()
    expect((await other.open(page.url.href)).status).toBe(410)
    expect((await other.submit(page.url.href, { email: newEmail() })).status).toBe(410)
  })

  test('one cannot lend its cookie to another', async () => {
    const visitor = world.visitor()
    const first = await visitor.open(`${world.urls.market}/auth/login`)
    const second = await visitor.open(`${world.urls.market}/auth/login`)
    const path = (visited: Visited) => visited.url.pathname
    expect(path(first)).not.toBe(path(second))
    // Each page is bound by a cookie at its own address.
    expect((await visitor.open(first.url.href)).status).toBe(200)
    expect((await visitor.open(second.url.href)).status).toBe(200)
  })

  test('that ends as somebody else replaces who was signed in, at every app', async () => {
    const visitor = world.visitor()
    const waiting = await visitor.open(`${world.urls.blog}/auth/login?next=/page`)
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    const other = newEmail()
    await visitor.submit(waiting.url.href, { email: other })
    const back = await pressButton(visitor, await world.linkIn(other))
    expect(back.url.href).toBe(`${world.urls.blog}/page`)
    expect(back.body).toContain(other)
    expect((await visitor.open(`${world.urls.market}/page`)).body).toContain(other)
  })

  test('in two tabs of one browser, both finish', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const waiting = await visitor.open(`${world.urls.blog}/auth/login?next=/page`)
    await world.signIn(visitor, { app: 'market', email })
    await visitor.submit(waiting.url.href, { email })
    const back = await pressButton(visitor, await world.linkIn(email))
    expect(back.url.href).toBe(`${world.urls.blog}/page`)
    expect((await visitor.open(`${world.urls.market}/page`)).body).toContain(email)
  })

  test.each(['/sign-in/x', '/sign-in/%00', `/sign-in/${'x'.repeat(200)}`])(
    'is not at %s',
    async (path) => {
      const visited = await world.visitor().open(world.urls.federation + path)
      expect(visited.status).toBe(404)
    },
  )
})

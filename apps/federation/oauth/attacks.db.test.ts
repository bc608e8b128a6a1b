import { randomUUID } from 'node:crypto'
import { createTestApp } from '@rose-ash/testing/app'
import { createSession } from '@rose-ash/testing/sign-in'
import type { Visited, Visitor } from '@rose-ash/testing/visitor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registerParty, type RelyingParty } from '../test-relying-party.ts'
import { startWorld, type World } from '../test-world.ts'

/**
 * What an attacker with a page of their own, or with a sibling subdomain, might try. Mix-up, code
 * injection and answers of other browsers are in callback.db.test.ts; replay of codes and tokens in
 * authorization-server.db.test.ts and third-party.db.test.ts; made-up redirect addresses there too.
 */
let world: World
let party: RelyingParty
beforeAll(async () => {
  world = await startWorld({ clients: ['blog', 'market'] })
  party = await registerParty(world)
})
afterAll(() => world[Symbol.asyncDispose]())

async function signedIn(): Promise<Visitor> {
  const visitor = world.visitor()
  await world.signIn(visitor, { app: 'blog', email: `${randomUUID()}@example.org` })
  return visitor
}

const evil = ['https://evil.example/', '//evil.example/', '/\\evil.example/', '/.//evil.example/']

describe('open redirect', () => {
  test.each(evil)('nobody who signs in is led to %s', async (next) => {
    const visitor = world.visitor()
    const email = `${randomUUID()}@example.org`
    const back = await world.signIn(visitor, { app: 'market', email, next })
    expect(back.url.href).toBe(`${world.urls.market}/`)
    for (const address of back.path) expect(new URL(address).hostname).toMatch(/\.localhost$/)
  })

  test.each(evil)('nobody who is signed in is led to %s', async (next) => {
    const visitor = await signedIn()
    for (const more of ['', '&fresh=1']) {
      const url = `${world.urls.blog}/auth/login?next=${encodeURIComponent(next)}${more}`
      const visited = await visitor.open(url, { follows: false })
      expect(visited.location).toMatch(/^(\/|http:\/\/federation\.localhost:\d+\/oauth\/.*)$/)
      expect(decodeURIComponent(visited.location ?? '')).not.toContain('evil.example')
    }
  })

  test('a page before that was somebody else’s is not come back to', async () => {
    const visitor = world.visitor()
    const email = `${randomUUID()}@example.org`
    const headers = { referer: 'https://evil.example/page' }
    const page = await visitor.open(`${world.urls.market}/auth/login`, { headers })
    await visitor.submit(page.url.href, { email })
    const link = new URL(await world.linkIn(email))
    const token = link.searchParams.get('token') ?? ''
    const back = await visitor.submit(link.origin + link.pathname, { token })
    expect(back.url.href).toBe(`${world.urls.market}/`)
  })
})

describe('clickjacking', () => {
  const expectNoFrames = ({ headers, url }: Visited) => {
    expect(headers['content-security-policy'], url.pathname).toContain("frame-ancestors 'none'")
    expect(headers['x-frame-options'], url.pathname).toBe('DENY')
  }

  test('no page of signing in, agreeing, connecting or signing out can be put into a frame', async () => {
    const stranger = world.visitor()
    const email = `${randomUUID()}@example.org`
    const { page, sent, link } = await world.askForLink(stranger, { app: 'blog', email })
    const member = await signedIn()
    const pages = [
      page,
      sent,
      await stranger.open(link),
      await member.open(party.authorizationUrl()),
      await member.open(party.authorizationUrl({ prompt: 'login' })),
      await member.open(`${world.urls.federation}/oauth/device/code`),
      await member.open(`${world.urls.federation}/oauth/end-session`),
      await member.open(party.authorizationUrl({ redirect_uri: 'https://evil.example/' })),
    ]
    for (const one of pages) expectNoFrames(one)
  })
})

describe('forged forms', () => {
  const from = {
    'another site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    'a sibling subdomain': { 'sec-fetch-site': 'same-site', origin: 'http://shop.localhost' },
  }

  test.each(Object.entries(from))('of %s change nothing', async (_who, headers) => {
    const visitor = await signedIn()
    const consent = await visitor.open(party.authorizationUrl())
    const forms: readonly [string, Record<string, string>][] = [
      [consent.url.href, { answer: 'yes' }],
      [`${world.urls.blog}/auth/logout`, {}],
      [`${world.urls.federation}/oauth/end-session/confirm`, { logout: 'yes' }],
      [`${world.urls.federation}/oauth/device/code`, { confirm: 'yes', user_code: 'BBBBBBBB' }],
      [consent.url.href.replace('/consent/', '/sign-in/'), { email: 'me@evil.example' }],
    ]
    for (const [url, form] of forms) {
      expect((await visitor.submit(url, form, { headers })).status, url).toBe(403)
    }
    expect((await visitor.open(`${world.urls.blog}/private`)).status).toBe(200)
  })

  test('a link that was asked for elsewhere signs nobody in here: the window shows a code', async () => {
    const attacker = world.visitor()
    const email = `${randomUUID()}@example.org`
    const { link } = await world.askForLink(attacker, { app: 'blog', email })
    const victim = world.visitor()
    const url = new URL(link)
    const token = url.searchParams.get('token') ?? ''
    const pressed = await victim.submit(url.origin + url.pathname, { token })
    expect(pressed.body).toContain('Your code')
    expect((await victim.open(`${world.urls.blog}/page`)).body).toContain('a stranger')
  })
})

describe('cookies that a sibling subdomain has set', () => {
  test('count for nothing on https, where ours carry the prefix that siblings cannot set', async () => {
    const { connection } = world
    const names = ['blog', 'market', 'events', 'cart', 'account', 'federation'] as const
    const publicUrls = Object.fromEntries(names.map((name) => [name, `https://${name}.example`]))
    await using secure = await createTestApp({
      app: 'market',
      create: world.createClient,
      connection,
      config: { publicUrls: publicUrls as never },
    })
    const { session } = await createSession({ connection, app: 'market' })
    const ask = async (cookies: Record<string, string>) =>
      (await secure.app.inject({ url: '/', cookies })).body
    expect(await ask({ '__Host-session': session })).not.toContain('a stranger')
    expect(await ask({ session })).toContain('a stranger')
    expect(await ask({ '__Secure-session': session })).toContain('a stranger')
  })

  test('cannot put an interaction of the attacker in place of one’s own', async () => {
    const attacker = world.visitor()
    const begun = await attacker.open(`${world.urls.market}/auth/login`)
    const victim = world.visitor()
    for (const name of ['interaction', 'interaction.sig']) {
      const value = attacker.cookies.find('federation.localhost', name)
      if (value) victim.cookies.set('federation.localhost', name, value)
    }
    const email = `${randomUUID()}@example.org`
    const sent = await victim.submit(begun.url.href, { email })
    expect(sent.status).toBe(200)
    const link = new URL(await world.linkIn(email))
    const back = await victim.submit(link.origin + link.pathname, {
      token: link.searchParams.get('token') ?? '',
    })
    // Whoever finishes it is led nowhere but to the app, where this browser has asked for nothing.
    expect(victim.cookies.names('market.localhost')).not.toContain('session')
    expect((await attacker.open(`${world.urls.market}/page`)).body).toContain('a stranger')
    expect(back.url.hostname).toMatch(/\.localhost$/)
  })
})

import { randomUUID } from 'node:crypto'
import { createTestApp } from '@rose-ash/testing/app'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog', 'market', 'cart'] })
})
afterAll(() => world[Symbol.asyncDispose]())

const newEmail = () => `${randomUUID()}@example.org`
const rows = async (table: 'sessions' | 'logins' | 'oidc_payloads') => {
  const { rows: counted } = await world.connection.pool.query(
    `select count(*)::int as count from ${table}`,
  )
  return counted[0].count as number
}
const asksWhoItIs = (location: string | undefined) =>
  (location ?? '').startsWith(`${world.urls.federation}/oauth/authorize`)

describe('one sign-in for all apps', () => {
  test('who signs in at one app is known at the next page of every other, without a click', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const back = await world.signIn(visitor, { app: 'market', email, next: '/page?x=1' })
    expect(back.url.href).toBe(`${world.urls.market}/page?x=1`)
    expect(back.body).toContain(email)
    for (const app of ['blog', 'cart'] as const) {
      const visited = await visitor.open(`${world.urls[app]}/page`)
      expect(visited.body).toContain(email)
      expect(visited.path).toHaveLength(4)
      const again = await visitor.open(`${world.urls[app]}/page`)
      expect(again.path).toHaveLength(1)
    }
    expect((await visitor.open(`${world.urls.federation}/`)).url.href).toBe(
      `${world.urls.federation}/`,
    )
  })

  test('one browser has one device id at all apps, in cookies of their own', async () => {
    const visitor = world.visitor()
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    await visitor.open(`${world.urls.blog}/page`)
    const at = (host: string) => visitor.cookies.find(`${host}.localhost`, 'device')
    expect(at('market')).toBeTruthy()
    expect(at('blog')).toBe(at('market'))
    expect(at('federation')).toBe(at('market'))
  })

  test('the session id is a fresh one, also when somebody had put one there', async () => {
    const visitor = world.visitor()
    visitor.cookies.set('market.localhost', 'session', 'put-there-by-somebody')
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    const id = visitor.cookies.find('market.localhost', 'session')
    expect(id).toMatch(/^[\w-]{43}$/)
    expect(id).not.toBe('put-there-by-somebody')
  })

  test('tabs that open at once, of one app and of several, all know who it is', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    await world.signIn(visitor, { app: 'market', email })
    const pages = ['blog', 'blog', 'blog', 'cart', 'cart'] as const
    const visited = await Promise.all(pages.map((app) => visitor.open(`${world.urls[app]}/page`)))
    for (const { body } of visited) expect(body).toContain(email)
  })

  test('a sign-in is told of once, however many apps it reaches', async () => {
    const visitor = world.visitor()
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    await visitor.open(`${world.urls.blog}/page`)
    const device = visitor.cookies.find('market.localhost', 'device')?.split('.')[0]
    const { rows: told } = await world.connection.pool.query(
      `select payload from ap_activities where type = 'SignIn' and payload ->> 'deviceId' = $1`,
      [device],
    )
    expect(told).toEqual([
      { payload: { userId: expect.any(String), deviceId: device, app: 'market' } },
    ])
  })

  test('a page for members leads to the sign-in and back; anything else gets 401', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const page = await visitor.open(`${world.urls.market}/private?x=1`)
    expect(page.url.pathname).toMatch(/^\/sign-in\//)
    await visitor.submit(page.url.href, { email })
    const link = new URL(await world.linkIn(email))
    const form = { token: link.searchParams.get('token')! }
    const back = await visitor.submit(link.origin + link.pathname, form)
    expect(back.url.href).toBe(`${world.urls.market}/private?x=1`)

    const stranger = world.visitor()
    const json = { headers: { accept: 'application/json' } }
    expect((await stranger.open(`${world.urls.market}/private`, json)).status).toBe(401)
    expect((await stranger.submit(`${world.urls.market}/private`, {})).status).toBe(401)
    expect((await visitor.open(`${world.urls.market}/editors`)).status).toBe(403)
  })

  test('who is signed in already is led straight on', async () => {
    const visitor = world.visitor()
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    const visited = await visitor.open(`${world.urls.market}/auth/login?next=/page`)
    expect(visited.path).toHaveLength(2)
    expect(visited.url.pathname).toBe('/page')
  })

  test('a sign-in link without a target leads back to the page it stands on', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const page = await visitor.open(`${world.urls.market}/auth/login`, {
      headers: { referer: `${world.urls.market}/page?x=2` },
    })
    await visitor.submit(page.url.href, { email })
    const link = new URL(await world.linkIn(email))
    const form = { token: link.searchParams.get('token')! }
    const back = await visitor.submit(link.origin + link.pathname, form)
    expect(back.url.href).toBe(`${world.urls.market}/page?x=2`)
  })
})

describe('asking who it is', () => {
  const accept = 'text/html'
  test.each([
    ['somebody opens a page', {}, true],
    ['a script fetches', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }, false],
    ['a page loads a picture', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }, false],
    ['a page is shown in a frame', { 'sec-fetch-dest': 'iframe' }, false],
    ['the browser prefetches', { 'sec-purpose': 'prefetch' }, false],
    ['the browser prerenders', { 'sec-purpose': 'prefetch;prerender' }, false],
    ['an older browser prefetches', { purpose: 'prefetch' }, false],
    ['JSON is wanted', { accept: 'application/json' }, false],
    ['nobody says what for', { accept, 'sec-fetch-mode': '', 'sec-fetch-dest': '' }, false],
    ['a crawler comes', { 'user-agent': 'Mozilla/5.0 (compatible; Examplebot/2.1)' }, false],
  ])('when %s', async (_what, headers, isAsked) => {
    const visited = await world.visitor().open(`${world.urls.market}/page`, {
      headers,
      follows: false,
    })
    expect(asksWhoItIs(visited.location)).toBe(isAsked)
    if (!isAsked) expect(visited.status).toBe(200)
  })

  test.each([
    ['a form is sent', '/keep', 'POST'],
    ['only the head is wanted', '/page', 'HEAD'],
  ])('not when %s', async (_what, path, method) => {
    const options = { method, follows: false }
    const visited = await world.visitor().open(world.urls.market + path, options)
    expect(visited.status).toBe(200)
  })

  test.each(['/nothing-here', '/health', '/assets/nothing.css', '/content/nothing.png'])(
    'not at %s',
    async (path) => {
      const visited = await world.visitor().open(world.urls.market + path, { follows: false })
      expect(visited.location).toBeUndefined()
    },
  )

  test('a page may ask in every browser, still not for scripts that want no page', async () => {
    const headers = { 'sec-fetch-mode': '', 'sec-fetch-dest': '' }
    const url = `${world.urls.market}/always`
    const old = await world.visitor().open(url, { headers, follows: false })
    expect(asksWhoItIs(old.location)).toBe(true)
    const script = await world
      .visitor()
      .open(url, { headers: { ...headers, accept: '*/*' }, follows: false })
    expect(script.status).toBe(200)
  })

  test('a stranger is asked once, and not again for five minutes', async () => {
    const visitor = world.visitor()
    const before = [await rows('sessions'), await rows('logins'), await rows('oidc_payloads')]
    const first = await visitor.open(`${world.urls.market}/page`)
    expect(first.path).toHaveLength(4)
    expect(first.url.href).toBe(`${world.urls.market}/page`)
    expect(first.body).toContain('a stranger')
    for (const path of ['/page', '/', '/page']) {
      expect((await visitor.open(world.urls.market + path)).path).toHaveLength(1)
    }
    // Each app asks for itself.
    expect((await visitor.open(`${world.urls.blog}/page`)).path).toHaveLength(4)
    const after = [await rows('sessions'), await rows('logins'), await rows('oidc_payloads')]
    expect(after).toEqual(before)
  })

  test('a sign-in on the same device overrides what was remembered, at the very next page', async () => {
    const visitor = world.visitor()
    await visitor.open(`${world.urls.blog}/page`)
    expect((await visitor.open(`${world.urls.blog}/page`)).body).toContain('a stranger')
    const email = newEmail()
    await world.signIn(visitor, { app: 'market', email })
    expect((await visitor.open(`${world.urls.blog}/page`)).body).toContain(email)

    // Another device that has been told no goes on being left alone.
    const other = world.visitor()
    await other.open(`${world.urls.blog}/page`)
    expect((await other.open(`${world.urls.blog}/page`)).path).toHaveLength(1)
  })

  test('a device whose sign-in the server has forgotten is not asked at every page', async () => {
    const visitor = world.visitor()
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    visitor.cookies.forget('federation.localhost', 'provider')
    visitor.cookies.forget('federation.localhost', 'provider.sig')
    expect((await visitor.open(`${world.urls.blog}/page`)).path).toHaveLength(4)
    expect((await visitor.open(`${world.urls.blog}/page`)).path).toHaveLength(1)
  })

  test('whose app cookies are deleted is known again without a click', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    await world.signIn(visitor, { app: 'market', email })
    visitor.cookies.forget('market.localhost')
    expect((await visitor.open(`${world.urls.market}/page`)).body).toContain(email)
  })

  test('a browser that keeps no cookies is asked once for a page, and gets it', async () => {
    const visitor = world.visitor({ keepsCookies: false })
    const visited = await visitor.open(`${world.urls.market}/page?x=1`)
    expect(visited.status).toBe(200)
    expect(visited.url.href).toBe(`${world.urls.market}/page?x=1&sign-on=tried`)
    expect(visited.path).toHaveLength(4)
  })

  test('a browser that keeps no cookies is not led in circles by signing in', async () => {
    const visitor = world.visitor({ keepsCookies: false })
    const visited = await visitor.open(`${world.urls.market}/auth/login?next=/page`)
    expect(visited.url.pathname).toMatch(/^\/sign-in\//)
    expect(visited.body).toContain('This page is over')
  })

  test('what was kept for the device before is taken over, once, when it gets another id', async () => {
    const adopted: unknown[] = []
    const app = world.app('market')
    const cart = app.dependencies.services.cart
    const original = cart.adopt
    Object.assign(cart, {
      adopt: async (...values: unknown[]) => void adopted.push(values),
    })
    try {
      const visitor = world.visitor()
      await visitor.submit(`${world.urls.market}/keep`, {})
      const before = visitor.cookies.find('market.localhost', 'device')!.split('.')[0]
      await visitor.open(`${world.urls.market}/page`)
      const after = visitor.cookies.find('market.localhost', 'device')!.split('.')[0]
      expect(after).not.toBe(before)
      expect(adopted).toEqual([[{ deviceId: before }, { userId: undefined, deviceId: after }]])
      const email = newEmail()
      await world.signIn(visitor, { app: 'market', email })
      expect(adopted).toHaveLength(1)
    } finally {
      Object.assign(cart, { adopt: original })
    }
  })

  test('a cart that cannot be adopted keeps nobody from signing in', async () => {
    const cart = world.app('market').dependencies.services.cart
    const original = cart.adopt
    Object.assign(cart, { adopt: () => Promise.reject(new Error('the cart is broken')) })
    try {
      const visitor = world.visitor()
      await visitor.submit(`${world.urls.market}/keep`, {})
      const email = newEmail()
      const back = await world.signIn(visitor, { app: 'market', email, next: '/page' })
      expect(back.body).toContain(email)
    } finally {
      Object.assign(cart, { adopt: original })
    }
  })
})

describe('what comes back to the callback', () => {
  const callback = (parameters: Record<string, string>) =>
    `${world.urls.market}/auth/callback?${new URLSearchParams(parameters).toString()}`

  async function answerFor(visitor = world.visitor()) {
    const email = newEmail()
    const { link } = await world.askForLink(visitor, { app: 'market', email, next: '/page' })
    const { origin, pathname, searchParams } = new URL(link)
    const stopped = await visitor.submit(
      origin + pathname,
      { token: searchParams.get('token')! },
      { until: (url) => url.pathname === '/auth/callback' },
    )
    return { visitor, email, url: new URL(stopped.location!) }
  }

  test.each([
    ['no state', {}],
    ['a made-up state', { state: 'made-up', code: 'made-up' }],
    ['an error with a made-up state', { state: 'made-up', error: 'login_required' }],
  ])('%s is refused, and signs nobody in', async (_what, parameters) => {
    const visitor = world.visitor()
    const visited = await visitor.open(callback(parameters))
    expect(visited.status).toBe(400)
    expect(visitor.cookies.names('market.localhost')).not.toContain('session')
  })

  test('an answer that another browser asked for signs nobody in', async () => {
    const { url } = await answerFor()
    const victim = world.visitor()
    const visited = await victim.open(url.href, { follows: false })
    expect(visited.location).toBe('/page')
    expect(victim.cookies.names('market.localhost')).toEqual([])
  })

  test('an answer for one app is refused by another', async () => {
    const { visitor, url } = await answerFor()
    const visited = await visitor.open(url.href.replace(world.urls.market, world.urls.blog))
    expect(visited.status).toBe(400)
  })

  test.each([
    ['another server', (url: URL) => url.searchParams.set('iss', 'https://elsewhere.example')],
    ['nobody', (url: URL) => url.searchParams.delete('iss')],
  ])('an answer that says it comes from %s is refused', async (_who, change) => {
    const { visitor, url } = await answerFor()
    change(url)
    const visited = await visitor.open(url.href)
    expect(visited.status).toBe(400)
    expect(visitor.cookies.names('market.localhost')).not.toContain('session')
  })

  test("somebody else's code in one's own answer signs nobody in", async () => {
    const attacker = await answerFor()
    const { visitor, url } = await answerFor()
    url.searchParams.set('code', attacker.url.searchParams.get('code')!)
    const visited = await visitor.open(url.href, { follows: false })
    expect(visited.status).toBe(503)
    expect(visitor.cookies.names('market.localhost')).not.toContain('session')
  })

  test("somebody else's device is not taken over", async () => {
    const attacker = await answerFor()
    const { visitor, url } = await answerFor()
    const device = visitor.cookies.find('federation.localhost', 'device')
    url.searchParams.set('device', attacker.url.searchParams.get('device')!)
    await visitor.open(url.href)
    const taken = attacker.visitor.cookies.find('federation.localhost', 'device')
    expect(visitor.cookies.find('market.localhost', 'device')).not.toBe(taken)
    expect(visitor.cookies.find('market.localhost', 'device')).not.toBe(device)
  })

  test('coming back twice changes nothing and leads to the page', async () => {
    const { visitor, email, url } = await answerFor()
    await visitor.open(url.href)
    const session = visitor.cookies.find('market.localhost', 'session')
    const again = await visitor.open(url.href)
    expect(again.url.pathname).toBe('/page')
    expect(again.body).toContain(email)
    expect(visitor.cookies.find('market.localhost', 'session')).toBe(session)
  })

  test('a sign-in that was ended while the browser was on its way gives no session', async () => {
    const { visitor, url } = await answerFor()
    const device = visitor.cookies.find('federation.localhost', 'device')!.split('.')[0]!
    await world.app('market').dependencies.services.federation.endDeviceLogins(device)
    const visited = await visitor.open(url.href)
    expect(visited.status).toBe(503)
    expect(visitor.cookies.names('market.localhost')).not.toContain('session')
  })
})

describe('signing out', () => {
  async function signedInEverywhere() {
    const visitor = world.visitor()
    const email = newEmail()
    await world.signIn(visitor, { app: 'market', email })
    for (const app of ['blog', 'cart'] as const) await visitor.open(`${world.urls[app]}/page`)
    return { visitor, email }
  }

  test('at one app is signing out at all, and nobody is signed in again by the next page', async () => {
    const { visitor } = await signedInEverywhere()
    const out = await visitor.submit(`${world.urls.cart}/auth/logout`, {})
    expect(out.path[1]).toBe(`${world.urls.blog}/`)
    expect(out.url.href).toBe(`${world.urls.blog}/`)
    expect(out.body).toContain('a stranger')
    for (const app of ['blog', 'market', 'cart'] as const) {
      expect((await visitor.open(`${world.urls[app]}/page`)).body).toContain('a stranger')
    }
    const member = await visitor.open(`${world.urls.market}/private`)
    expect(member.url.pathname).toMatch(/^\/sign-in\//)
  })

  test('leaves the other devices of the same member signed in', async () => {
    const { visitor, email } = await signedInEverywhere()
    const phone = world.visitor()
    await world.signIn(phone, { app: 'blog', email })
    await visitor.submit(`${world.urls.market}/auth/logout`, {})
    expect((await visitor.open(`${world.urls.blog}/page`)).body).toContain('a stranger')
    expect((await phone.open(`${world.urls.blog}/page`)).body).toContain(email)
    expect((await phone.open(`${world.urls.cart}/page`)).body).toContain(email)
  })

  test('takes the session, the grants and the tokens with it', async () => {
    const { visitor } = await signedInEverywhere()
    const device = visitor.cookies.find('market.localhost', 'device')!.split('.')[0]
    const { rows: found } = await world.connection.pool.query(
      'select id from logins where device_id = $1',
      [device],
    )
    const loginId = found[0].id
    const left = async () => {
      const { rows: counted } = await world.connection.pool.query(
        `select (select count(*)::int from sessions where login_id = $1) as sessions,
                (select count(*)::int from oidc_payloads where login_id = $1) as payloads`,
        [loginId],
      )
      return counted[0]
    }
    expect((await left()).sessions).toBe(3)
    await visitor.submit(`${world.urls.market}/auth/logout`, {})
    expect(await left()).toEqual({ sessions: 0, payloads: 0 })
  })

  test('from a page whose session is over signs this device out all the same', async () => {
    const { visitor } = await signedInEverywhere()
    visitor.cookies.forget('market.localhost', 'session')
    await visitor.submit(`${world.urls.market}/auth/logout`, {})
    expect((await visitor.open(`${world.urls.blog}/page`)).body).toContain('a stranger')
  })

  test('is a form of our own: no link and no other site can do it', async () => {
    const { visitor, email } = await signedInEverywhere()
    const url = `${world.urls.market}/auth/logout`
    expect((await visitor.open(url)).status).toBe(404)
    const forged = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }
    expect((await visitor.submit(url, {}, { headers: forged })).status).toBe(403)
    const sibling = { 'sec-fetch-site': 'same-site', origin: world.urls.blog }
    expect((await visitor.submit(url, {}, { headers: sibling })).status).toBe(403)
    expect((await visitor.open(`${world.urls.market}/page`)).body).toContain(email)
  })

  test('signing in as somebody else ends what was there before', async () => {
    const { visitor } = await signedInEverywhere()
    const other = newEmail()
    visitor.cookies.forget('blog.localhost')
    visitor.cookies.forget('federation.localhost', 'provider')
    const back = await world.signIn(visitor, { app: 'blog', email: other, next: '/page' })
    expect(back.body).toContain(other)
    expect((await visitor.open(`${world.urls.market}/page`)).body).toContain(other)
  })
})

describe('sessions last', () => {
  const restart = (app: 'market' | 'blog') =>
    createTestApp({
      app,
      create: world.createClient,
      connection: world.connection,
      config: world.config,
    })

  test('a restart of the app, with an empty cache, signs nobody out', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    await world.signIn(visitor, { app: 'market', email })
    const session = visitor.cookies.find('market.localhost', 'session')!
    await using restarted = await restart('market')
    const answer = await restarted.app.inject({ url: '/page', cookies: { session } })
    expect(answer.body).toContain(email)
  })

  test.each(['forged', 'expired', 'of another app', 'signed out'])(
    'a session cookie that is %s counts for nothing',
    async (what) => {
      const visitor = world.visitor()
      await world.signIn(visitor, { app: 'market', email: newEmail() })
      let session = visitor.cookies.find('market.localhost', 'session')!
      if (what === 'forged') session = `${session.slice(0, -2)}xx`
      if (what === 'signed out') await visitor.submit(`${world.urls.market}/auth/logout`, {})
      if (what === 'expired') {
        const device = visitor.cookies.find('market.localhost', 'device')!.split('.')[0]
        await world.connection.pool.query(
          `update sessions set expires_at = now() - interval '1 second' where device_id = $1`,
          [device],
        )
      }
      await using app = await restart(what === 'of another app' ? 'blog' : 'market')
      const request = { method: 'POST', url: '/private', cookies: { session } } as const
      expect((await app.app.inject(request)).statusCode).toBe(401)
    },
  )
})

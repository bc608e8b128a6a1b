import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog', 'market'] })
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

  test('not at an address that is too long to come back to', async () => {
    const url = `${world.urls.market}/page?x=${'x'.repeat(2000)}`
    const visited = await world.visitor().open(url)
    expect(visited.status).toBe(200)
    expect(visited.path).toEqual([url])
  })

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

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog', 'market'] })
})
afterAll(() => world[Symbol.asyncDispose]())

const newEmail = () => `${randomUUID()}@example.org`

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

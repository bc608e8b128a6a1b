import { randomUUID } from 'node:crypto'
import type { Visitor } from '@rose-ash/testing/visitor'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startWorld, type World } from '../test-world.ts'

let world: World
const openWorld = async () => {
  world = await startWorld({ clients: ['blog', 'market'] })
}
const closeWorld = () => world[Symbol.asyncDispose]()

const newEmail = () => `${randomUUID()}@example.org`
const stopFederation = () => world.app('federation').app.close()

describe('while the federation service is down', () => {
  const email = newEmail()
  let member: Visitor
  beforeAll(async () => {
    await openWorld()
    member = world.visitor()
    await world.signIn(member, { app: 'market', email })
    await stopFederation()
  })
  afterAll(closeWorld)

  test('pages are there for strangers, without a redirect', async () => {
    const visited = await world.visitor().open(`${world.urls.market}/page`)
    expect(visited.status).toBe(200)
    expect(visited.path).toHaveLength(1)
    expect(visited.body).toContain('a stranger')
  })

  test('who is signed in stays signed in, and can sign out', async () => {
    expect((await member.open(`${world.urls.market}/private`)).body).toContain(email)
    const out = await member.submit(`${world.urls.market}/auth/logout`, {}, { follows: false })
    expect(out.location).toBe(`${world.urls.blog}/`)
    const json = { headers: { accept: 'application/json' } }
    expect((await member.open(`${world.urls.market}/private`, json)).status).toBe(401)
  })

  test('signing in has to wait: a page says so, with two ways on', async () => {
    const visitor = world.visitor()
    const visited = await visitor.open(`${world.urls.market}/auth/login?next=/page`)
    expect(visited.status).toBe(503)
    expect(visited.body).toContain('href="/auth/login?next&#x3D;%2Fpage"')
    const onward = await visitor.open(`${world.urls.market}/page?sign-on=tried`)
    expect(onward.status).toBe(200)
  })

  test('a page for members says so too, and leads nobody in circles', async () => {
    const visited = await world.visitor().open(`${world.urls.market}/private`)
    expect(visited.status).toBe(503)
    expect(visited.path).toHaveLength(2)
  })
})

describe('when the federation service dies', () => {
  beforeEach(openWorld)
  afterEach(closeWorld)

  test('between the redirect and the callback, nobody is stuck', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const { link } = await world.askForLink(visitor, { app: 'market', email, next: '/page' })
    const { origin, pathname, searchParams } = new URL(link)
    const stopped = await visitor.submit(
      origin + pathname,
      { token: searchParams.get('token')! },
      { until: (url) => url.pathname === '/auth/callback' },
    )
    await stopFederation()
    const visited = await visitor.open(stopped.location!)
    expect(visited.status).toBe(503)
    expect(visited.body).toContain('Signing in has to wait a moment')
    expect((await visitor.open(`${world.urls.market}/page?sign-on=tried`)).status).toBe(200)
  })

  test('while a page only wanted to know, the page comes all the same', async () => {
    const visitor = world.visitor()
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    const stopped = await visitor.open(`${world.urls.blog}/page`, {
      until: (url) => url.pathname === '/auth/callback',
    })
    await stopFederation()
    const visited = await visitor.open(stopped.location!)
    expect(visited.url.href).toBe(`${world.urls.blog}/page`)
    expect(visited.body).toContain('a stranger')
    expect((await visitor.open(`${world.urls.blog}/page`)).path).toHaveLength(1)
  })
})

describe('while another service is down', () => {
  beforeEach(openWorld)
  afterEach(closeWorld)

  test('signing in and out works for the rest', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    await world.signIn(visitor, { app: 'market', email })
    await world.app('market').app.close()
    const page = await visitor.open(`${world.urls.blog}/page`)
    expect(page.body).toContain(email)
    const out = await visitor.submit(`${world.urls.blog}/auth/logout`, {})
    expect(out.body).toContain('a stranger')
    const again = newEmail()
    expect((await world.signIn(visitor, { app: 'blog', email: again })).body).toContain(again)
  })
})

describe('while no mail goes out', () => {
  beforeEach(openWorld)
  afterEach(closeWorld)

  test('the form says so, and nothing is half done', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const page = await visitor.open(`${world.urls.market}/auth/login`)
    await world.mailbox.stop()
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      const answer = await visitor.submit(page.url.href, { email })
      expect(answer.status).toBe(503)
      expect(answer.body).toContain('Our mail is not going out just now')
      expect(answer.body).toContain(`value="${email}"`)
    }
    const { rows } = await world.connection.pool.query(
      `select (select count(*)::int from login_tokens) as tokens,
              (select count(*)::int from login_requests) as requests`,
    )
    expect(rows).toEqual([{ tokens: 0, requests: 0 }])
  })
})

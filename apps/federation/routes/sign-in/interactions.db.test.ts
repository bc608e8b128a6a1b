import { randomUUID } from 'node:crypto'
import type { Visited } from '@rose-ash/testing/visitor'
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

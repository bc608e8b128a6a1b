import { randomUUID } from 'node:crypto'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterAll, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'

const connection = await createTestDatabase()
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})

interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly path: string
}

/** Every route, read from the tree that Fastify draws: one step to the right is four characters. */
function listRoutes(): readonly Route[] {
  const parts: string[] = []
  return blog.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] =
        /^(.*)[├└]── (\S+) \((.*)\)$/.exec(line) ?? []
      if (!part) return []
      parts.splice(indent.length / 4, parts.length, part)
      const path = parts.join('')
      return methods.split(', ').map((method) => ({ method: method as Route['method'], path }))
    })
}

/** Leads everybody who looks after something to it. */
const home = '/admin/'
const routes = listRoutes().filter(({ path }) => /^\/admin\/./.test(path))

async function statusOf({ method, path }: Route, cookies: Record<string, string>) {
  const url = path.replaceAll(/:\w+/g, randomUUID())
  const answer = await blog.app.inject({ method, url, cookies, headers: { accept: 'text/html' } })
  return answer.statusCode
}

describe('the admin of the blog', async () => {
  const member = await blog.signInAs()
  const others = await blog.signInAs('market', 'events', 'moderator', 'operator')
  // What others say is a moderator's, and not an editor's.
  const editors = await blog.signInAs('market', 'events', 'editor', 'operator')

  test('is found whole', () => {
    const written = routes.filter(({ method }) => method === 'POST').map(({ path }) => path)
    expect(written).toContain('/admin/posts/:id/delete')
    expect(written).toContain('/admin/metamodel/relations/:slug/delete')
    expect(routes.length).toBeGreaterThan(30)
  })

  test('leads people to what they look after', async () => {
    const open = (cookies: Record<string, string>) =>
      blog.app.inject({ url: home, cookies, headers: { accept: 'text/html' } })
    expect((await open(editors)).headers['location']).toBe('/admin/posts/')
    expect((await open(others)).headers['location']).toBe('/admin/comments/')
    expect((await open(member)).statusCode).toBe(403)
    expect((await open({})).headers['location']).toContain('/auth/login?next=%2Fadmin%2F')
  })

  test.each(routes)(
    'is closed to all but those who look after it: $method $path',
    async (route) => {
      expect(await statusOf(route, {})).toBe(route.method === 'GET' ? 303 : 401)
      expect(await statusOf(route, member)).toBe(403)
      const strangers = /^\/admin\/(comments|fediverse)/.test(route.path) ? editors : others
      expect(await statusOf(route, strangers)).toBe(403)
    },
  )
})

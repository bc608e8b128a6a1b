import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, expect, test, vi } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { createEdges } from '../../../graph/edges.ts'
import { PostgresKvStore } from '../../../graph/kv/postgres-kv-store.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
const cookies = await blog.signInAs('editor')
afterAll(async () => {
  await blog.close()
  await connection.close()
})

const typePage = async () =>
  (await blog.app.inject({ url: '/admin/objects/type%3Aarticle/', cookies })).body

test('the page of a type reads so many of its posts as it shows and counts', async () => {
  const { id } = await createPost(database, { title: 'Bread' })
  await using store = new PostgresKvStore({ database })
  const edges = createEdges(store, () => false)
  const articles = Array.from({ length: 3000 }, (_, n) => ({
    source: `https://example.org/${n}`,
    kind: 'is-a',
    target: 'type:article',
  }))
  await edges.change({ add: articles.slice(0, 999) })
  await edges.add({ source: `post:${id}`, kind: 'is-a', target: 'type:article' })
  expect(await typePage()).toContain('<span class="badge">1,000</span>')

  await edges.change({ add: articles })
  const spy = vi.spyOn(connection.pool, 'query')
  const body = await typePage()
  const results = await Promise.all(spy.mock.results.map(({ value }) => value as unknown))
  // What follows from the new edges is worked out meanwhile.
  const ofPage = results.filter(
    (_, place) => !/kv_changes/.test(JSON.stringify(spy.mock.calls[place])),
  )
  spy.mockRestore()
  expect(body).toContain('<span class="badge">1,000+</span>')
  expect(body.match(/https:\/\/example\.org\/\d+"/g)).toHaveLength(50)
  const rows = ofPage.map((result) => (result as { rowCount?: number } | undefined)?.rowCount ?? 0)
  expect(Math.max(...rows)).toBe(1001)
})

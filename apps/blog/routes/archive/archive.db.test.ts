import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(pool, 'posts'))

test('the archive counts by year and month on the clocks of the site', async () => {
  const at = (text: string) => ({ publishedAt: new Date(text), title: `At ${text}.` })
  // Half past eleven in the evening of June in UTC is July in London.
  await createPost(database, at('2025-06-30T23:30:00Z'))
  await createPost(database, at('2025-06-30T22:30:00Z'))
  await createPost(database, at('2024-01-01T00:00:00Z'))
  await createPost(database, { ...at('2023-01-01T00:00:00Z'), status: 'draft' })
  const get = async (url: string) => (await blog.app.inject({ url })).body
  const archive = await get('/archive/')
  expect(archive).toMatch(/2025<\/a> <span[^>]*>2 stories/)
  expect(archive).toContain('<a href="/archive/2025/07/">July</a> <span class="faint small">1<')
  expect(archive).not.toContain('2023')
  expect(await get('/archive/2025/07/')).toContain('At 2025-06-30T23:30:00Z.')
  expect(await get('/archive/2025/07/')).not.toContain('At 2025-06-30T22:30:00Z.')
  expect(await get('/archive/2024/')).toContain('At 2024-01-01T00:00:00Z.')
  for (const url of ['/archive/2023/', '/archive/2025/13/', '/archive/1/', '/archive/x/'])
    expect((await blog.app.inject({ url })).statusCode).toBe(404)
})

test('an archive without anything says so', async () => {
  const { statusCode, body } = await blog.app.inject({ url: '/archive/' })
  expect(statusCode).toBe(200)
  expect(body).toContain('Nothing here yet')
})

test('a post or page of its name does not hide it', async () => {
  await createPost(database, { slug: 'archive', title: 'About archives' })
  const { body } = await blog.app.inject({ url: '/archive/' })
  expect(body).toContain('<h1>Archive</h1>')
})

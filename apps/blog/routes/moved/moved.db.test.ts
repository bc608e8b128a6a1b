import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost, createRedirect } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'posts', 'redirects'))

async function get(url: string) {
  const answer = await blog.app.inject({ url, headers: { accept: 'text/html' } })
  const { location } = answer.headers
  return { status: answer.statusCode, body: answer.body, location }
}

describe('an address that moved', () => {
  test.each([
    ['/old/', '/old/', '/new/'],
    ['/old', '/old/', '/new/'],
    ['/tag/old/', '/tag/old/', '/tag/new/'],
    ['/author/old/', '/author/old/', '/author/new/'],
    ['/2019/03/old/', '/2019/03/old/', '/new/'],
    ['/old.html', '/old.html', '/new/'],
    [encodeURI('/brød/'), '/brød/', '/rugbrød/'],
  ])('leads on for good: %s', async (url, fromPath, toPath) => {
    await createRedirect(database, { fromPath, toPath })
    const { status, location } = await get(url)
    expect(status).toBe(301)
    expect(location).toBe(encodeURI(toPath))
  })

  test('keeps what was asked for behind it', async () => {
    await createRedirect(database, { fromPath: '/old/', toPath: '/new/' })
    expect((await get('/old/?utm=mail&b=%20')).location).toBe('/new/?utm=mail&b=%20')
  })

  test('may lead on for now only, and elsewhere', async () => {
    const toPath = 'https://elsewhere.example/new?a=1'
    await createRedirect(database, { fromPath: '/old/', toPath, permanent: false })
    expect(await get('/old/')).toMatchObject({ status: 302, location: toPath })
  })

  test('gives way to what is there now', async () => {
    await createRedirect(database, { fromPath: '/rye/', toPath: '/new/' })
    await createPost(database, { slug: 'rye' })
    expect((await get('/rye/')).status).toBe(200)
  })
})

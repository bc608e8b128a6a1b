import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createUser } from '@rose-ash/testing/factories/member'
import { createPage } from '@rose-ash/testing/factories/page'
import { createAuthor, createPost } from '@rose-ash/testing/factories/post'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { authors, postAuthors } from '../../../models/index.ts'
import { createGraphAccess } from '../../../services/graph/open-graph.ts'
import { type Fields, getPage, postForm, signInAsKeeper } from '../navigation/test-editor.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
const cookies = await blog.signInAs('editor')
const access = createGraphAccess({ connection, log: blog.dependencies.log })
afterAll(async () => {
  await access[Symbol.asyncDispose]()
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'posts', 'authors', 'redirects'))

const list = '/admin/authors/'
const get = (url: string) => getPage(blog, url, cookies)
const post = (url: string, fields: Fields) => postForm(blog, url, { fields, cookies })

function seenAtIn(body: string): string {
  return /name="seenAt" value="([^"]*)"/.exec(body)?.[1] ?? ''
}

async function save(id: string, fields: Fields) {
  const { body } = await get(`${list}${id}/`)
  return post(`${list}${id}/`, { seenAt: seenAtIn(body), ...fields })
}

describe('an author', () => {
  test('is made, belongs to a member if so wished, and moves with a redirect', async () => {
    const user = await createUser(database, { email: 'Miller@Example.org' })
    const fields = {
      name: 'The miller',
      bio: 'Grinds.',
      website: 'https://example.org/',
      location: 'By the weir',
      email: 'miller@example.org',
    }
    expect((await post(`${list}new`, fields)).status).toBe(303)
    const [row] = await database.select().from(authors)
    expect(row).toMatchObject({ slug: 'the-miller', bio: 'Grinds.', userId: user.id })
    expect((await get(`${list}${row!.id}/`)).body).toContain('value="Miller@Example.org"')
    expect((await save(row!.id, { name: 'Miller', slug: 'miller' })).status).toBe(303)
    expect(await get('/author/the-miller/')).toMatchObject({
      status: 301,
      location: '/author/miller/',
    })
    const [changed] = await database.select().from(authors)
    expect(changed).toMatchObject({ name: 'Miller', userId: null, bio: null })
    expect((await get(`${list}?q=mill`)).body).toContain('>Miller</a>')
  })

  test.each([
    [{ name: '' }, 'It needs a name.'],
    [{ name: 'A', slug: 'taken' }, '“taken-2” is free'],
    [{ name: 'A', email: 'nobody@example.org' }, 'No member has this address.'],
    [{ name: 'A', email: 'nonsense' }, 'no e-mail address'],
    [{ name: 'A', website: 'javascript:alert(1)' }, 'https://'],
    [{ name: 'A', profileImage: 'https://elsewhere.example/a.png' }, '/content/'],
  ] as [Fields, string][])('refuses %j and says why', async (fields, reason) => {
    await createAuthor(database, { slug: 'taken' })
    const { status, body } = await post(`${list}new`, fields)
    expect(status).toBe(422)
    expect(body).toContain(reason)
    expect(await database.$count(authors)).toBe(1)
  })

  test('keeps a picture that an import has left elsewhere', async () => {
    const profileImage = 'https://old.example/face.png'
    const { id } = await createAuthor(database, { slug: 'a', profileImage })
    expect((await save(id, { name: 'B', slug: 'a', profileImage })).status).toBe(303)
    expect(await database.select().from(authors)).toMatchObject([{ name: 'B', profileImage }])
  })

  test('saved by two at once tells the second', async () => {
    const { id } = await createAuthor(database, { slug: 'a' })
    const seenAt = seenAtIn((await get(`${list}${id}/`)).body)
    const both = await Promise.all(
      ['First', 'Second'].map((name) => post(`${list}${id}/`, { name, slug: 'a', seenAt })),
    )
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([303, 409]))
  })
})

test('merging keeps the bylines in their order, the address and the graph', async () => {
  const [a, b, c] = [
    await createAuthor(database, { slug: 'a', name: 'A' }),
    await createAuthor(database, { slug: 'b', name: 'B' }),
    await createAuthor(database, { slug: 'c', name: 'C' }),
  ]
  const { id } = await createPost(database, { authors: [a, c, b] })
  const { edges } = await access.open()
  await edges.add({ source: `post:${id}`, kind: 'written-by', target: `author:${a.id}` })
  const { body } = await get(`${list}${a.id}/merge?into=B`)
  expect(body).toContain('1 post of “A” will be of “B”')
  const fields = { intoId: b.id, seenAt: seenAtIn(body) }
  expect((await post(`${list}${a.id}/merge`, fields)).status).toBe(303)
  const rows = await database
    .select({ authorId: postAuthors.authorId })
    .from(postAuthors)
    .where(eq(postAuthors.postId, id))
    .orderBy(asc(postAuthors.sortOrder))
  expect(rows.map(({ authorId }) => authorId)).toEqual([b.id, c.id])
  expect(await get('/author/a/')).toMatchObject({ status: 301, location: '/author/b/' })
  expect(await edges.targets(`post:${id}`, 'written-by')).toEqual([`author:${b.id}`])
})

test('only editors of the whole site may do any of this', async () => {
  const keeper = await signInAsKeeper(blog, await createPage(database))
  const { id } = await createAuthor(database)
  for (const url of [list, `${list}new`, `${list}${id}/`, `${list}${id}/merge`])
    expect((await getPage(blog, url, keeper)).status).toBe(403)
  for (const url of ['new', `${id}/`, `${id}/merge`, `${id}/delete`])
    expect((await postForm(blog, list + url, { fields: {}, cookies: keeper })).status).toBe(403)
})

import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createMenuNode } from '@rose-ash/testing/factories/menu'
import { createPage } from '@rose-ash/testing/factories/page'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { postTags, redirects, tagGroups, tags } from '../../../models/index.ts'
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
beforeEach(() =>
  emptyTables(connection.pool, 'posts', 'menu_nodes', 'tags', 'tag_groups', 'redirects'),
)

const list = '/admin/tags/'
const get = (url: string) => getPage(blog, url, cookies)
const post = (url: string, fields: Fields) => postForm(blog, url, { fields, cookies })

/** Saves a tag as somebody who has just opened its form. */
async function save(id: string, fields: Fields) {
  const { body } = await get(`${list}${id}/`)
  return post(`${list}${id}/`, { seenAt: seenAtIn(body), ...fields })
}

function seenAtIn(body: string): string {
  return /name="seenAt" value="([^"]*)"/.exec(body)?.[1] ?? ''
}

async function rowOf(id: string) {
  const [row] = await database.select().from(tags).where(eq(tags.id, id))
  return row
}

async function tagsOf(postId: string): Promise<readonly string[]> {
  const rows = await database
    .select({ slug: tags.slug })
    .from(postTags)
    .innerJoin(tags, eq(tags.id, postTags.tagId))
    .where(eq(postTags.postId, postId))
    .orderBy(asc(postTags.sortOrder))
  return rows.map(({ slug }) => slug)
}

async function edgesTo(id: string): Promise<readonly string[]> {
  const { edges } = await access.open()
  return edges.sources(`tag:${id}`, 'tagged')
}

async function relate(postId: string, ...ids: string[]) {
  const { edges } = await access.open()
  const add = ids.map((id) => ({ source: `post:${postId}`, kind: 'tagged', target: `tag:${id}` }))
  await edges.change({ add })
}

describe('a tag', () => {
  test('is made with everything that is known of it, and is a tag for the graph', async () => {
    await post(`${list}groups`, { action: 'create', name: 'Grain' })
    const [group] = await database.select().from(tagGroups)
    const fields = {
      name: 'Rye & wheat',
      description: 'Of the field.',
      featureImage: '/content/images/rye.png',
      accentColor: '#9A3F55',
      metaTitle: 'All about rye',
      metaDescription: 'Rye.',
      canonicalUrl: 'https://example.org/rye/',
      groupId: group!.id,
    }
    expect((await post(`${list}new`, fields)).status).toBe(303)
    const [row] = await database.select().from(tags)
    expect(row).toMatchObject({
      name: 'Rye & wheat',
      slug: 'rye-wheat',
      visibility: 'public',
      accentColor: '#9a3f55',
      groupId: group!.id,
      meta: { metaTitle: 'All about rye', metaDescription: 'Rye.' },
    })
    const { edges } = await access.open()
    expect(await edges.targets(`tag:${row!.id}`, 'is-a')).toEqual(['type:tag'])
    await save(row!.id, { name: '#rye' })
    expect(await rowOf(row!.id)).toMatchObject({
      visibility: 'internal',
      slug: 'hash-rye',
      description: null,
      meta: {},
    })
    expect((await get('/tag/hash-rye/')).status).toBe(404)
  })

  test('leads from its old address to the new one, however often it moves', async () => {
    const { id } = await createTag(database, { slug: 'one', name: 'One' })
    await createMenuNode(database, { label: 'One', path: '/tag/one/' })
    for (const slug of ['two', 'three', 'one', 'four'])
      expect((await save(id, { name: 'One', slug })).status).toBe(303)
    for (const slug of ['one', 'two', 'three'])
      expect(await get(`/tag/${slug}/`)).toMatchObject({ status: 301, location: '/tag/four/' })
    expect(await database.$count(redirects)).toBe(3)
    const [html] = await blog.fragments({ type: 'nav-tree' })
    expect(html).toContain('/tag/four/')
  })

  test.each([
    [{ name: '' }, 'It needs a name.'],
    [{ name: ' #' }, 'after the #'],
    [{ name: 'x'.repeat(192) }, 'At most 191 letters.'],
    [{ name: 'A', slug: 'taken' }, '“taken-2” is free'],
    [{ name: 'A', accentColor: 'red' }, 'six digits'],
    [{ name: 'A', accentColor: '#ff0000;x' }, 'At most 7'],
    [{ name: 'A', featureImage: 'https://tracker.example/a.gif' }, '/content/'],
    [{ name: 'A', featureImage: 'javascript:alert(1)' }, '/content/'],
    [{ name: 'A', canonicalUrl: 'javascript:alert(1)' }, 'https://'],
    [{ name: 'A', groupId: '00000000-0000-4000-8000-000000000000' }, 'not there any more'],
  ] as [Fields, string][])(
    'refuses %j, says why and keeps what was typed',
    async (fields, reason) => {
      await createTag(database, { slug: 'taken' })
      const { id } = await createTag(database, { slug: 'kept', name: 'Kept' })
      for (const url of [`${list}new`, `${list}${id}/`]) {
        const seenAt = seenAtIn((await get(url)).body)
        const { status, body } = await post(url, { ...fields, metaTitle: 'Typed', seenAt })
        expect(status).toBe(422)
        expect(body).toContain(reason)
        expect(body).toContain('value="Typed"')
      }
      expect(await rowOf(id)).toMatchObject({ name: 'Kept', slug: 'kept' })
      expect(await database.$count(tags)).toBe(2)
    },
  )

  test('saved by two at once tells the second, who can put theirs in its place', async () => {
    const { id } = await createTag(database, { name: 'Old', slug: 'old' })
    const seenAt = seenAtIn((await get(`${list}${id}/`)).body)
    const both = await Promise.all(
      ['First', 'Second'].map((name) => post(`${list}${id}/`, { name, slug: 'old', seenAt })),
    )
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([303, 409]))
    const lost = both.find(({ status }) => status === 409)!
    const name = /name="name" type="text" value="(\w+)"/.exec(lost.body)![1]!
    await post(`${list}${id}/`, { name, slug: 'old', seenAt: seenAtIn(lost.body) })
    expect(await rowOf(id)).toMatchObject({ name })
  })

  test('is text wherever it is shown', async () => {
    const name = `"><script>alert(1)</script>`
    const { id } = await createTag(database, { name, slug: 'x', description: name })
    for (const url of [list, `${list}${id}/`, `${list}${id}/delete`, `${list}?q=script`])
      expect((await get(url)).body).not.toContain('<script>alert')
  })
})

describe('merging', () => {
  test('keeps the posts of both in the better place, and leads on', async () => {
    const [a, b, c] = [
      await createTag(database, { slug: 'a', name: 'A' }),
      await createTag(database, { slug: 'b', name: 'B' }),
      await createTag(database, { slug: 'c', name: 'C' }),
    ]
    const cases = [
      { before: [a, c, b], after: ['b', 'c'] },
      { before: [c, b, a], after: ['c', 'b'] },
      { before: [c, a], after: ['c', 'b'] },
      { before: [b, c], after: ['b', 'c'] },
    ]
    const posts = []
    for (const { before } of cases) {
      const { id } = await createPost(database, { tags: before })
      await relate(id, ...before.map((tag) => tag.id))
      posts.push(id)
    }
    await relate(posts[0]!, a.id)
    await createMenuNode(database, { label: 'A', path: '/tag/a/' })
    const asked = await get(`${list}${a.id}/merge?into=b`)
    expect(asked.body).toContain('3 posts of “A” will be of “B”')
    const fields = { intoId: b.id, seenAt: seenAtIn(asked.body) }
    expect((await post(`${list}${a.id}/merge`, fields)).status).toBe(303)
    for (const [index, { after }] of cases.entries())
      expect(await tagsOf(posts[index]!)).toEqual(after)
    expect(await rowOf(a.id)).toBeUndefined()
    expect(await get('/tag/a/')).toMatchObject({ status: 301, location: '/tag/b/' })
    expect(await edgesTo(a.id)).toEqual([])
    expect(await edgesTo(b.id)).toEqual(posts.map((id) => `post:${id}`).toSorted())
    const [html] = await blog.fragments({ type: 'nav-tree' })
    expect(html).toContain('/tag/b/')
    expect((await post(`${list}${a.id}/merge`, fields)).status).toBe(404)
  })

  test('asks for one that is there and is another', async () => {
    const { id } = await createTag(database, { slug: 'a', name: 'A' })
    await createTag(database, { slug: 'b', name: 'Twin' })
    await createTag(database, { slug: 'c', name: 'Twin' })
    for (const into of ['none', 'Twin', 'a', 'A', '<b>'])
      expect((await get(`${list}${id}/merge?${new URLSearchParams({ into })}`)).status).toBe(422)
    const seenAt = seenAtIn((await get(`${list}${id}/delete`)).body)
    for (const intoId of [id, 'x', ''])
      expect((await post(`${list}${id}/merge`, { intoId, seenAt })).status).toBe(404)
    const unknown = { intoId: '00000000-0000-4000-8000-000000000000', seenAt }
    expect((await post(`${list}${id}/merge`, unknown)).status).toBe(409)
    expect(await database.$count(tags)).toBe(3)
  })

  test('of two into each other at once leaves one', async () => {
    const [a, b] = [await createTag(database), await createTag(database)]
    const seen = async (id: string) => seenAtIn((await get(`${list}${id}/delete`)).body)
    const [seenA, seenB] = [await seen(a.id), await seen(b.id)]
    await Promise.all([
      post(`${list}${a.id}/merge`, { intoId: b.id, seenAt: seenA }),
      post(`${list}${b.id}/merge`, { intoId: a.id, seenAt: seenB }),
    ])
    expect(await database.$count(tags)).toBe(1)
  })
})

describe('deleting', () => {
  test('says what it does, and does it when that is confirmed', async () => {
    const tag = await createTag(database, { slug: 'rye', name: 'Rye' })
    const other = await createTag(database, { slug: 'oats' })
    const first = await createPost(database, { tags: [tag, other] })
    await createPost(database, { tags: [other, tag] })
    await relate(first.id, tag.id)
    await createMenuNode(database, { label: 'Rye', path: `/go/tag/${tag.id}/` })
    const { body } = await get(`${list}${tag.id}/delete`)
    expect(body).toContain('2 posts lose it; of 1 it is the first')
    expect(body).toContain('1 menu entry will be hidden')
    expect((await post(`${list}${tag.id}/delete`, {})).status).toBe(409)
    const answer = await post(`${list}${tag.id}/delete`, { seenAt: seenAtIn(body) })
    expect(answer.status).toBe(303)
    expect(await tagsOf(first.id)).toEqual(['oats'])
    expect(await edgesTo(tag.id)).toEqual([])
    expect((await get('/tag/rye/')).status).toBe(404)
    expect(await blog.fragments({ type: 'nav-tree' })).toEqual([''])
  })
})

test('the list finds tags by name and slug, internal ones apart, with as many queries for many', async () => {
  const count = async () => {
    const spy = vi.spyOn(connection.pool, 'query')
    await get(list)
    const { length } = spy.mock.calls.filter((call) => !JSON.stringify(call).includes('kv_'))
    spy.mockRestore()
    return length
  }
  const rye = await createTag(database, { name: 'Rye', slug: 'secale' })
  await createTag(database, { name: '#pin', slug: 'hash-pin', visibility: 'internal' })
  await createPost(database, { tags: [rye] })
  await createPost(database, { tags: [rye], status: 'draft' })
  await createPost(database, { tags: [rye], status: 'trashed' })
  await count()
  const few = await count()
  for (let n = 0; n < 30; n += 1) await createTag(database, { name: `T${n}` })
  expect(await count()).toBe(few)
  for (const q of ['RY', 'seca']) expect((await get(`${list}?q=${q}`)).body).toContain('2 posts')
  const { body } = await get(list)
  expect(body.indexOf('Internal')).toBeLessThan(body.indexOf('#pin'))
  expect((await get(`${list}?q=%25`)).body).toContain('No tag is called')
})

test('only editors of the whole site may do any of this', async () => {
  const keeper = await signInAsKeeper(blog, await createPage(database))
  const { id } = await createTag(database)
  for (const url of [
    list,
    `${list}new`,
    `${list}${id}/`,
    `${list}${id}/merge`,
    `${list}${id}/delete`,
  ]) {
    expect((await getPage(blog, url, keeper)).status).toBe(403)
    expect((await getPage(blog, url, {})).location).toContain('/auth/login')
  }
  for (const url of ['new', 'groups', `${id}/`, `${id}/merge`, `${id}/delete`]) {
    const fields = { name: 'X', action: 'create' }
    expect((await postForm(blog, list + url, { fields, cookies: keeper })).status).toBe(403)
  }
  for (const url of ['x/', 'x/delete', '00000000-0000-4000-8000-000000000000/'])
    expect((await get(list + url)).status).toBe(404)
})

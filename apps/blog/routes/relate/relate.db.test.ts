import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPage } from '@rose-ash/testing/factories/page'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { outgoing } from '../../graph/edges.ts'
import { PostgresKvStore } from '../../graph/kv/postgres-kv-store.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
const editor = await blog.signInAs('editor')
afterAll(async () => {
  await blog.close()
  await connection.close()
})

function get(url: string, cookies: Record<string, string> = editor) {
  return blog.app.inject({ url, cookies, headers: { accept: 'text/html' } })
}

interface Sent {
  readonly cookies?: Record<string, string>
  readonly headers?: Record<string, string>
}

function post(url: string, form: Record<string, string>, { cookies = editor, headers }: Sent = {}) {
  return blog.app.inject({
    method: 'POST',
    url,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  })
}

const relatedTo = async (slug: string) =>
  (await get(`/${slug}/data.json`)).json<{ related: { title: string }[] }>().related

const readEdges = async () => {
  await using store = new PostgresKvStore({ database })
  return store.scan(outgoing)
}

describe('relating from anywhere', () => {
  test('is answered by the relation as it is now, whichever is meant when none is named', async () => {
    const bread = await createPost(database, { title: 'Bread' })
    const rye = await createPage(database, { title: 'Rye & wheat' })
    const target = `post:${rye.id}`
    const made = await post(`/${bread.slug}/relate`, { target })
    expect([made.statusCode, made.headers['x-is-part']]).toEqual([200, 'yes'])
    expect(made.headers['cache-control']).toBe('private, no-store')
    expect(made.body).toContain('Take Rye &amp; wheat away from Related')
    expect(made.body).not.toContain('<html')
    expect(await relatedTo(bread.slug)).toMatchObject([{ title: 'Rye & wheat' }])
    expect((await post(`/${bread.slug}/relate`, { target })).body).toBe(made.body)

    const gone = await post(`/${rye.slug}/unrelate`, {
      kind: 'related',
      target: `post:${bread.id}`,
    })
    expect(gone.body).toContain('Nothing yet.')
    expect(await relatedTo(bread.slug)).toEqual([])
  })

  test('leaves the picker open where it was', async () => {
    const one = await createPost(database, { title: 'Spelt' })
    for (const title of ['Einkorn 1', 'Einkorn 2', 'Barley']) await createPost(database, { title })
    const { body } = await post(`/${one.slug}/relate`, { target: 'nothing', q: 'einkorn' })
    expect(body).toContain('Einkorn 1')
    expect(body).not.toContain('Barley')
  })

  test('to what a relation does not lead to changes nothing, and says nothing', async () => {
    const [one, other] = [await createPost(database), await createPost(database)]
    const before = (await post(`/${one.slug}/unrelate`, { kind: 'is-a', target: 'x' })).body
    for (const target of [`post:${other.id}`, `post:${one.id}`, 'type:none', '', 'nonsense']) {
      const { statusCode, body } = await post(`/${one.slug}/relate`, { kind: 'is-a', target })
      expect([statusCode, body]).toEqual([200, before])
    }
    expect(before).not.toContain('role="alert"')
    const { body } = await post(`/${one.slug}/relate`, { kind: 'is-a', target: 'type:article' })
    expect(body).toContain('Take Article away')
  })

  test('tells a page that shows the answer why something may not be', async () => {
    const one = await createPost(database)
    const form = { kind: 'is-a', target: `post:${(await createPost(database)).id}`, q: '' }
    const { body } = await post(`/${one.slug}/relate`, form, { headers: { 'x-wants-part': 'yes' } })
    expect(body).toContain('role="alert"')
  })

  test('by a relation that there is not, or that makes types, is answered by nothing', async () => {
    const { slug } = await createPost(database)
    const before = await readEdges()
    for (const kind of ['none', 'subtype-of', 'declares', 'conj', 'disj'])
      for (const action of ['relate', 'unrelate']) {
        const form = { kind, target: 'type:type' }
        for (const from of [slug, 'article']) {
          const { statusCode, body } = await post(`/${from}/${action}`, form)
          expect([statusCode, body]).toEqual([200, ''])
        }
      }
    expect(await readEdges()).toEqual(before)
    expect((await get(`/${slug}/relate-options?kind=none`)).body).toBe('')
    expect((await post('/not-here/relate', { target: 'type:type' })).statusCode).toBe(404)
  })

  test('is for people who look after the site, and from pages of the site', async () => {
    const [one, other] = [await createPost(database), await createPost(database)]
    const form = { target: `post:${other.id}` }
    const [url, options] = [`/${one.slug}/relate`, `/${one.slug}/relate-options`]
    expect((await post(url, form, { cookies: {} })).statusCode).toBe(401)
    expect((await get(options, {})).headers['location']).toContain('/auth/login?next=')
    const member = await blog.signInAs()
    expect((await post(url, form, { cookies: member })).statusCode).toBe(403)
    expect((await get(options, member)).statusCode).toBe(403)
    for (const site of ['cross-site', 'same-site'])
      expect((await post(url, form, { headers: { 'sec-fetch-site': site } })).statusCode).toBe(403)
    expect(await relatedTo(one.slug)).toEqual([])
    const own = { headers: { 'sec-fetch-site': 'same-origin' } }
    expect((await post(url, form, own)).statusCode).toBe(200)
    expect(await relatedTo(one.slug)).toHaveLength(1)
  })
})

describe('relations as a part of the page of a post', () => {
  const part = (url: string, cookies = editor) =>
    blog.app.inject({ url, cookies, headers: { accept: 'text/html', 'x-wants-part': 'yes' } })

  test('are all that may be changed, or one with its picker', async () => {
    const { slug } = await createPost(database, { title: 'Oven' })
    await createPost(database, { title: 'Peel' })
    const all = await part(`/${slug}/relations`)
    expect(all.headers['x-is-part']).toBe('yes')
    expect(all.body).toContain('id="relation-related"')
    expect(all.body).not.toContain('id="relation-subtype-of"')
    expect(all.body).not.toContain('data-picker-option')
    const one = await part(`/${slug}/relations?kind=related&q=peel`)
    expect(one.body.match(/data-relation>/g)).toHaveLength(1)
    expect(one.body).toContain('Peel')
    expect(one.body).toContain(`action="/${slug}/relate"`)
    expect((await part(`/${slug}/relations?kind=none`)).body).toBe('')
    expect((await part('/not-here/relations')).statusCode).toBe(404)
    expect((await part(`/${slug}/relations`, await blog.signInAs())).statusCode).toBe(403)
  })

  test('are a page of their own where no part is wanted', async () => {
    const { id, slug } = await createPost(database)
    const { statusCode, headers } = await get(`/${slug}/relations?kind=related&q=a`)
    expect(statusCode).toBe(303)
    expect(headers['location']).toBe(`/admin/objects/post%3A${id}/?kind=related&q=a`)
  })

  test('are offered by the page to who may change them', async () => {
    const { id, slug } = await createPost(database)
    const offers = async (cookies: Record<string, string>) => {
      const { body } = await get(`/${slug}/`, cookies)
      return [body.includes(`href="/admin/posts/${id}/"`), body.includes('data-relations-url')]
    }
    expect(await offers(editor)).toEqual([true, true])
    for (const cookies of [{}, await blog.signInAs(), await blog.signInAs('moderator')])
      expect(await offers(cookies)).toEqual([false, false])
  })
})

test('the page of a post shows what the site’s own relations say, from both ends', async () => {
  const made = await post('/admin/metamodel/relations/', {
    title: 'Goes with',
    slug: 'goes-with',
    label: 'Goes with',
    'inverse-label': 'Wanted by',
    cardinality: 'many-to-many',
  })
  expect(made.statusCode).toBe(303)
  const soup = await createPost(database, { title: 'Soup' })
  const bread = await createPost(database, { title: 'Rye & oats' })
  const draft = await createPost(database, { title: 'Half done', status: 'draft' })
  for (const { id } of [bread, draft])
    await post(`/${soup.slug}/relate`, { kind: 'goes-with', target: `post:${id}` })
  const soupPage = (await get(`/${soup.slug}/`, {})).body
  expect(soupPage).toMatch(/<dt>Goes with<\/dt><dd><a href="[^"]*">Rye &amp; oats<\/a><\/dd>/)
  expect((await get(`/${bread.slug}/`, {})).body).toMatch(/<dt>Wanted by<\/dt><dd><a [^>]*>Soup</)
  const { relations } = (await get(`/${soup.slug}/data.json`, {})).json<{ relations: unknown }>()
  expect(relations).toEqual([
    {
      kind: 'goes-with',
      label: 'Goes with',
      isForward: true,
      objects: [{ title: 'Rye & oats', url: `/${bread.slug}/` }],
    },
  ])
  await post(`/${soup.slug}/unrelate`, { kind: 'goes-with', target: `post:${bread.id}` })
  expect((await get(`/${soup.slug}/`, {})).body).not.toContain('Goes with')
})

test('what may be chosen is told by the page, found by a part of its title', async () => {
  const { slug } = await createPost(database, { title: 'Mill' })
  for (let number = 10; number < 25; number += 1)
    await createPost(database, { title: `Loaf ${number}`, status: 'draft' })
  const first = await get(`/${slug}/relate-options?q=LOAF`)
  expect(first.body.match(/<button/g)).toHaveLength(12)
  expect(first.body).toContain('Post, draft')
  const next = /href="([^"]*)"/
    .exec(first.body)?.[1]
    ?.replaceAll('&amp;', '&')
    .replaceAll('&#x3D;', '=')
  const second = await get(next ?? '')
  expect(second.body.match(/Loaf \d+/g)).toEqual(['Loaf 22', 'Loaf 23', 'Loaf 24'])
  expect(second.body).not.toContain('More')
  const types = await get(`/${slug}/relate-options?kind=is-a`)
  expect(types.body).toContain('value="type:article"')
  expect(types.body).not.toContain('Loaf')
})

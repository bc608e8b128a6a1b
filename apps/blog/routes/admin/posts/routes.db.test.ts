import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})

const { signInAs } = blog

const editor = await signInAs('editor')

function get(url: string, cookies: Record<string, string> = editor) {
  return blog.app.inject({ url, cookies, headers: { accept: 'text/html' } })
}

function post(url: string, form: Record<string, string>, cookies = editor) {
  return blog.app.inject({
    method: 'POST',
    url,
    cookies,
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })
}

function objectUrl(id: string): string {
  return `/admin/objects/${encodeURIComponent(`post:${id}`)}/`
}

describe('posts in the admin', () => {
  test('are for people who look after the site', async () => {
    const { id } = await createPost(database)
    for (const url of ['/admin/posts/', '/admin/posts/new', `/admin/posts/${id}/`, objectUrl(id)]) {
      expect((await get(url, {})).headers['location']).toContain('/auth/login?next=')
      expect((await get(url, await signInAs())).statusCode).toBe(403)
      expect((await get(url)).statusCode).toBe(200)
    }
    expect((await post(`/admin/posts/${id}/delete`, {}, await signInAs())).statusCode).toBe(403)
  })

  test('one page may be in the hands of somebody who edits no other', async () => {
    const [own, other] = [await createPost(database), await createPost(database)]
    const { user, cookies } = await blog.signIn('page-editor@example.org')
    const container = { type: 'page', id: own.id } as const
    const { account } = blog.dependencies.services
    await account.grantRole({ userId: user.id, role: 'editor', container })
    expect((await get(`/admin/posts/${own.id}/`, cookies)).statusCode).toBe(200)
    expect((await get(`/admin/posts/${other.id}/`, cookies)).statusCode).toBe(403)
    expect((await get('/admin/posts/new', cookies)).statusCode).toBe(403)
    const title = { title: 'Mine to change' }
    expect((await post(`/admin/posts/${own.id}/`, title, cookies)).statusCode).toBe(303)
    expect((await post(`/admin/posts/${other.id}/`, title, cookies)).statusCode).toBe(403)
    expect((await post(`/admin/posts/${other.id}/delete`, {}, cookies)).statusCode).toBe(403)
  })

  test('that are deleted leave what was in them, and what they were in', async () => {
    const { relations } = blog.dependencies.services
    const createPage = async () => {
      const { id } = await createPost(database, { type: 'page', status: 'trashed' })
      return { type: 'page', id }
    }
    const [page, above, below] = [await createPage(), await createPage(), await createPage()]
    const calendar = { type: 'calendar', id: '1' }
    await relations.attach({ parent: above, child: page })
    for (const child of [below, calendar]) await relations.attach({ parent: page, child })
    await post('/admin/posts/bulk', { action: 'delete', id: page.id })
    expect(await relations.children(above)).toEqual([])
    expect(await relations.parents(below)).toEqual([])
    expect(await relations.attach({ parent: above, child: calendar })).toMatchObject({
      from: above,
    })
  })

  test('are written, refused by what their type asks for, and shown with their fields', async () => {
    const words = { title: 'On soil', type: 'article', status: 'published', whole: '1' }
    const fields = await post('/admin/posts/new', { ...words, action: 'fields' })
    expect(fields.body).toContain('name="field-subtitle"')

    const wrong = { ...words, markdown: 'No heading.', 'field-hero': 'nowhere' }
    const refused = await post('/admin/posts/new', wrong)
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('An article needs a heading.')
    expect(refused.body).toContain('Hero picture is an address that begins with')
    expect(refused.body).toContain('No heading.')
    expect(refused.body).toContain('value="nowhere"')

    const right = { ...words, markdown: '## Soil\n\nGood.', 'field-subtitle': 'What lies below' }
    const saved = await post('/admin/posts/new', right)
    expect(saved.statusCode).toBe(303)
    expect((await get(String(saved.headers['location']))).body).toContain('What lies below')
    const shown = await get('/on-soil/', {})
    expect(shown.body).toMatch(/<dt>Subtitle<\/dt>\s*<dd>What lies below<\/dd>/)
    expect(shown.body).toContain('<a class="tag" href="/article/">Article</a>')
    expect((await get('/article/', {})).body).toContain('<a href="/on-soil/">On soil</a>')
    const data = await get('/on-soil/data.json', {})
    expect(data.json()).toMatchObject({
      types: [{ title: 'Article' }, { title: 'Type' }],
      fields: { subtitle: 'What lies below' },
    })
  })

  test('are deleted with their relations, and drafts are for nobody else', async () => {
    const saved = await post('/admin/posts/new', {
      title: 'Secret plan',
      markdown: 'x',
      type: 'nonsense',
    })
    expect(saved.statusCode).toBe(422)
    const draft = await post('/admin/posts/new', { title: 'Secret plan', markdown: 'x' })
    const url = String(draft.headers['location'])
    expect((await get('/secret-plan/', {})).statusCode).toBe(404)
    expect((await get('/admin/posts/?q=secret')).body).toContain('Secret plan')
    const thrown = await post(`${url}delete`, {})
    expect(thrown.statusCode).toBe(303)
    expect((await get('/admin/posts/?q=secret')).body).not.toContain('Secret plan')
    const id = /posts\/([^/]+)\//.exec(url)?.[1] ?? ''
    await post('/admin/posts/bulk', { action: 'delete', id })
    expect((await get(url)).statusCode).toBe(404)
    expect((await post('/admin/posts/bulk', { action: 'delete' })).statusCode).toBe(400)
  })
})

describe('an object', () => {
  test('is related by a button, refused with a reason, and released again', async () => {
    const [bread, rye] = [
      await createPost(database, { title: 'Bread' }),
      await createPost(database, { title: 'Rye & wheat' }),
    ]
    const url = objectUrl(bread.id)
    const target = `post:${rye.id}`
    const opened = await get(`${url}?kind=related&q=RYE`)
    expect(opened.body).toContain(`value="${target}"`)
    expect(opened.body).toContain('Rye &amp; wheat')
    const related = await post(`${url}relate`, { kind: 'related', target, q: 'rye' })
    expect(related.headers['location']).toBe(`${url}?kind=related&q=rye#relation-related`)
    expect((await get(url)).body).toContain('Take Rye &amp; wheat away from Related')
    expect((await get(`/${bread.slug}/`, {})).body).toContain('Rye &amp; wheat')

    const refused = await post(`${url}relate`, { kind: 'is-a', target })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('leads to what is of the type “Type”')
    expect((await post(`${url}relate`, { kind: 'related' })).statusCode).toBe(400)

    const following = await post(`${url}relate`, { kind: 'links-to', target })
    expect([following.statusCode, following.body.includes('Follows from the text')]).toEqual([
      400,
      true,
    ])
    const article = '/admin/objects/type%3Aarticle/'
    const structural = { kind: 'subtype-of', target: 'type:type' }
    expect((await post(`${article}unrelate`, structural)).statusCode).toBe(400)

    await post(`${url}unrelate`, { kind: 'related', target })
    expect((await get(`/${bread.slug}/`, {})).body).not.toContain('related-posts')
    expect((await get(objectUrl('00000000-0000-4000-8000-000000000000'))).statusCode).toBe(404)
    expect((await get('/admin/objects/nonsense/')).statusCode).toBe(404)
  })

  test('says why it is of a type', async () => {
    const { id } = await createPost(database, { title: 'Broth' })
    const url = objectUrl(id)
    await post(`${url}relate`, { kind: 'is-a', target: 'type:article' })
    expect((await get(url)).body).toContain('“Broth” is of the type “Article”.')
  })
})

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

type Cookies = Record<string, string>

const { signInAs } = blog

const editor = await signInAs('editor')
const overview = '/admin/metamodel/'
const types = `${overview}types/`
const relations = `${overview}relations/`

function get(url: string, cookies: Cookies = editor) {
  return blog.app.inject({ url, cookies, headers: { accept: 'text/html' } })
}

/** A list is boxes of one name. */
function post(
  url: string,
  form: Record<string, string | readonly string[]>,
  cookies: Cookies = editor,
) {
  const pairs = Object.entries(form).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value] as [string, string]),
  )
  return blog.app.inject({
    method: 'POST',
    url,
    cookies,
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(pairs).toString(),
  })
}

async function createInstance(type: string, title: string) {
  const { id } = await createPost(database, { title })
  const url = `/admin/objects/${encodeURIComponent(`post:${id}`)}/relate`
  expect((await post(url, { kind: 'is-a', target: `type:${type}` })).statusCode).toBe(303)
  return id
}

describe('the metamodel editor', () => {
  test('is for people who look after the site', async () => {
    const member = await signInAs()
    const pages = [
      overview,
      `${types}new`,
      `${types}article/`,
      `${relations}new`,
      `${relations}is-a/`,
    ]
    for (const url of pages) {
      expect((await get(url, {})).headers['location']).toContain('/auth/login?next=')
      expect((await get(url, member)).statusCode).toBe(403)
      expect((await get(url, await signInAs('admin'))).statusCode).toBe(200)
      expect((await get(url)).body).toContain('noindex')
    }
    for (const url of [types, `${types}article/`, `${types}article/delete`, relations]) {
      expect((await post(url, {}, {})).statusCode).toBe(401)
      expect((await post(url, {}, member)).statusCode).toBe(403)
    }
  })

  test('lists types and relations with live counts, and draws the types', async () => {
    const count = async () =>
      /href="\/admin\/metamodel\/types\/article\/">Article<\/a>[^]*?metamodel-count"><b>(\d+)/.exec(
        (await get(overview)).body,
      )?.[1]
    expect(await count()).toBe('0')
    await createInstance('article', 'Counted')
    expect(await count()).toBe('1')
    const { body } = await get(overview)
    expect(body).toMatch(/role="img"[^>]*><title/)
    expect(body).toContain('<a class="type-map-type" href="/admin/metamodel/types/article/">')
    expect(body).toContain('Fields: <b>Subtitle, Hero picture</b>')
    expect(body).toContain('Asks for: <b>heading</b>')
    expect(body).toContain('From the other end: <b>Part of</b>')
    expect(body).toContain('Declared by <b>Tag</b>')
  })

  test('has no page for what is not there', async () => {
    for (const url of [`${types}nothing/`, `${types}%20/`, `${relations}nothing/`]) {
      expect((await get(url)).statusCode).toBe(404)
      expect((await post(url, { title: 'Nothing' })).statusCode).toBe(404)
      expect((await post(`${url}delete`, {})).statusCode).toBe(404)
    }
  })
})

describe('a type', () => {
  test('is made, changed and deleted by forms', async () => {
    const blank = (await get(`${types}new`)).body
    expect(blank.match(/name="field-name-\d"/g)).toHaveLength(3)
    expect(blank.match(/name="rule-block-\d"/g)).toHaveLength(3)
    const form = {
      slug: 'recipe',
      title: 'Recipe',
      description: 'What to cook.',
      supertype: ['article', 'type'],
      kind: 'plain',
      'field-name-7': 'serves',
      'field-label-7': 'Serves',
      'field-type-7': 'Int',
      'field-name-2': 'cook',
      'field-label-2': 'Cook',
      'field-type-2': 'Reference',
      'field-target-2': 'article',
      'field-name-3': '',
      'field-label-3': ' ',
      'rule-block-0': 'list',
      'rule-message-0': 'A recipe needs a list.',
    }
    const made = await post(types, form)
    expect(made.statusCode).toBe(303)
    expect(made.headers['location']).toBe(`${types}recipe/`)
    expect(made.cookies.map(({ name }) => name)).toContain('notices')
    const { body } = await get(`${types}recipe/`)
    expect(body).toMatch(/name="field-name-0" value="cook"[^]*name="field-name-1" value="serves"/)
    expect(body).toMatch(/name="field-target-0"[^]*?<option value="article" selected>/)
    expect(body.match(/name="field-name-\d"/g)).toHaveLength(5)
    expect(body).toMatch(/name="supertype" value="article" checked/)
    expect(body).not.toContain('name="slug"')
    expect((await get('/recipe/', {})).body).toContain('What to cook.')

    expect((await post(`${types}recipe/`, { ...form, title: 'A recipe' })).statusCode).toBe(303)
    expect((await get(overview)).body).toContain('>A recipe</a>')
    const deleted = await post(`${types}recipe/delete`, {})
    expect(deleted.headers['location']).toBe(overview)
    expect((await get(`${types}recipe/`)).statusCode).toBe(404)
    expect((await get('/recipe/', {})).statusCode).toBe(404)
  })

  test('that is refused is shown as it was typed, with the consequences as links', async () => {
    await post(types, { slug: 'song', title: 'Song', supertype: 'type' })
    const id = await createInstance('song', 'Fish & chips')
    const wrong = await post(`${types}song/`, {
      title: 'A <b>song</b>',
      supertype: 'type',
      'field-name-0': 'Bad name',
      'field-label-0': 'Kept label',
      'field-type-0': 'Date',
    })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('role="alert"')
    expect(wrong.body).toContain('<a href="#field-name-0">')
    expect(wrong.body).toMatch(/id="field-name-0"[^>]*value="Bad name"[^>]*aria-invalid="true"/)
    expect(wrong.body).toContain('value="Kept label"')
    expect(wrong.body).toContain('value="A &lt;b&gt;song&lt;/b&gt;"')

    const harmful = await post(`${types}song/`, {
      title: 'Song',
      supertype: 'type',
      'rule-block-0': 'quote',
      'rule-message-0': 'Sing it.',
    })
    expect(harmful.statusCode).toBe(422)
    expect(harmful.body).toContain('“Song” asks for a quote, and 1 post has none.')
    expect(harmful.body).toContain(`<a href="/admin/posts/${id}/">Fish &amp; chips</a>`)
    expect(harmful.body).toContain('value="Sing it."')
    expect((await get(`${types}song/`)).body).not.toContain('Sing it.')

    const kept = await post(`${types}song/delete`, {})
    expect(kept.statusCode).toBe(422)
    expect(kept.body).toContain('One post is of this type.')
    expect((await get(`${types}song/`)).statusCode).toBe(200)
  })
})

describe('a relation', () => {
  test('is made, refused, changed and deleted by forms', async () => {
    const form = {
      slug: 'made-with',
      title: 'Made with',
      label: 'Made with',
      'inverse-label': 'Used for',
      cardinality: 'many-to-one',
      anchor: 'article',
    }
    const refused = await post(relations, { ...form, slug: 'is-a', label: '' })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('The slug “is-a” is taken.')
    expect(refused.body).toContain('href="/admin/metamodel/relations/is-a/">Is a</a>')
    expect(refused.body).toContain('<a href="#label">')
    expect(refused.body).toContain('value="Used for"')

    const made = await post(relations, form)
    expect(made.headers['location']).toBe(`${relations}made-with/`)
    const { body } = await get(`${relations}made-with/`)
    expect(body).toContain('<option value="many-to-one" selected>')
    expect(body).toMatch(/name="anchor" value="article" checked/)
    expect((await get(overview)).body).toContain('Leads to one')

    const changed = await post(`${relations}made-with/`, { ...form, symmetric: 'on' })
    expect(changed.statusCode).toBe(303)
    expect((await get(overview)).body).toContain('Holds both ways')
    expect((await post(`${relations}made-with/delete`, {})).statusCode).toBe(303)
    expect((await get(`${relations}made-with/`)).statusCode).toBe(404)
  })
})

import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { objectName, typeName } from '../../../services/graph/names.ts'
import { createGraphAccess } from '../../../services/graph/open-graph.ts'

const connection = await createTestDatabase()
const app = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await app.close()
  await connection.close()
})

const { signInAs } = app

const editor = await signInAs('editor')

function get(url: string, cookies: Record<string, string> = editor) {
  return app.app.inject({ url, cookies, headers: { accept: 'text/html' } })
}

function post(url: string, form: Record<string, string> = {}, cookies = editor) {
  return app.app.inject({
    method: 'POST',
    url,
    cookies,
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })
}

const soups = {
  title: 'Soups',
  slug: '',
  description: 'All that can be spooned.',
  text: '?- instance(P, "type:soup").',
  limit: '20',
  order: 'newest',
  isPublic: 'on',
  wish: 'save',
}

describe('the pages of lists', () => {
  test('are for people who look after the site', async () => {
    await post('/admin/queries/new', { ...soups, slug: 'guarded' })
    for (const url of ['/admin/queries/', '/admin/queries/new', '/admin/queries/guarded']) {
      expect((await get(url, {})).headers['location']).toContain('/auth/login?next=')
      expect((await get(url, await signInAs('member'))).statusCode).toBe(403)
      expect((await get(url, await signInAs('admin'))).statusCode).toBe(200)
    }
    for (const url of ['new', 'guarded', 'guarded/delete', 'guarded/restore']) {
      expect((await post(`/admin/queries/${url}`, soups, {})).statusCode).toBe(401)
      expect((await post(`/admin/queries/${url}`, soups, await signInAs())).statusCode).toBe(403)
    }
    expect((await get('/lists/guarded/')).statusCode).toBe(200)
  })

  test('make a list, change it, delete it and bring it back', async () => {
    const made = await post('/admin/queries/new', { ...soups, title: 'Warm soups' })
    expect([made.statusCode, made.headers['location']]).toEqual([303, '/admin/queries/'])
    const overview = (await get('/admin/queries/')).body
    expect(overview).toMatch(/href="\/admin\/queries\/warm-soups">Warm soups<[^]*0 entries/)
    expect((await get('/lists/warm-soups/')).body).toContain('All that can be spooned.')

    const url = '/admin/queries/warm-soups'
    expect((await get(url)).body).toContain('[[list: warm-soups]]')
    await post(url, { ...soups, title: 'Cold soups', slug: 'elsewhere' })
    expect((await get('/lists/warm-soups/')).body).toContain('<h1>Cold soups</h1>')
    expect((await get('/lists/elsewhere/')).statusCode).toBe(404)

    const deleted = await post(`${url}/delete`)
    expect(deleted.headers['location']).toBe('/admin/queries/?deleted=warm-soups')
    expect((await get('/lists/warm-soups/')).statusCode).toBe(404)
    const after = (await get('/admin/queries/?deleted=warm-soups')).body
    expect(after).toContain('“Cold soups” is deleted.')
    expect(after).toContain(`action="${url}/restore"`)
    expect((await post(`${url}/restore`)).statusCode).toBe(303)
    expect((await get('/lists/warm-soups/')).body).toContain('<h1>Cold soups</h1>')
    expect((await post(`${url}/restore`)).statusCode).toBe(409)
    expect((await post('/admin/queries/nothing/delete')).statusCode).toBe(404)
  })

  test('begin with what is of a type or has a tag', async () => {
    const { body } = await get('/admin/queries/new')
    expect(body).toMatch(/href="\/admin\/queries\/new\?of(?:=|&#x3D;)type%3Aarticle">Article</)
    const begun = (await get('/admin/queries/new?of=type:article')).body
    expect(begun).toContain('value="Article"')
    expect(begun).toContain('?- instance(P, &quot;type:article&quot;).')
    for (const of of ['type:nothing', 'nonsense', 'relation:is-a', `tag:${'0'.repeat(36)}`])
      expect((await get(`/admin/queries/new?of=${of}`)).statusCode).toBe(200)
  })

  test('say why something is in them, down to what somebody said', async () => {
    const made = await createPost(connection.database, { title: 'Leek soup', status: 'draft' })
    const name = `post:${made.id}`
    for (const [kind, target] of [
      ['is-a', 'type:article'],
      ['related', 'relation:is-a'],
    ] as const)
      await post(`/admin/objects/${encodeURIComponent(name)}/relate`, { kind, target })
    const text = 'warm(P) :- related(P, _), not tagged(P, _). ?- instance(P, "type:type"), warm(P).'
    const list = { ...soups, text, slug: 'warm' }
    const asked = await post('/admin/queries/new', { ...list, why: name })
    expect(asked.statusCode).toBe(200)
    for (const sentence of [
      '“Leek soup” is of the type “Article”.',
      '“Article” is a subtype of “Type”.',
      '“Leek soup” is related to “Is a”.',
      '“Leek soup” is not tagged anything.',
    ])
      expect(asked.body).toContain(sentence)
    await post('/admin/queries/new', list)
    // What it finds is there without asking.
    expect((await get('/admin/queries/warm')).body).toContain('Why is “Leek soup” here?')
    expect((await post('/admin/queries/warm', { ...list, why: 'post:nobody' })).statusCode).toBe(
      200,
    )
  })

  test('do not give one address to two lists', async () => {
    await post('/admin/queries/new', { ...soups, slug: 'taken' })
    const { statusCode, body } = await post('/admin/queries/new', { ...soups, slug: 'taken' })
    expect(statusCode).toBe(422)
    expect(body).toContain('Another list has this address already.')
  })

  test('say what does not fit, and keep what was written', async () => {
    const wrong = { ...soups, title: '', slug: 'Sóups!', limit: '501', text: '?- x(P' }
    const { statusCode, body } = await post('/admin/queries/new', { ...wrong, text: soups.text })
    expect(statusCode).toBe(422)
    for (const text of [
      'give the list a title',
      'small letters',
      'A number from 1 to 500',
      'Sóups!',
    ])
      expect(body).toContain(text)
    const unread = await post('/admin/queries/new', {
      ...soups,
      text: '?- tagged(P, T),\r\n  nothing(P).',
    })
    expect(unread.statusCode).toBe(422)
    expect(unread.body).toContain('line 2, column 3')
    expect(unread.body).toContain('There is no relation nothing.')
    expect((await post('/admin/queries/new', { ...soups, slug: 'new' })).statusCode).toBe(422)
    expect((await get('/lists/soups/')).statusCode).toBe(404)
  })
})

describe('trying a list', () => {
  test('shows its entries, drafts too, and the time taken, and saves nothing', async () => {
    await using access = createGraphAccess({
      connection,
      log: createLog({ app: 'blog', level: 'silent' }),
    })
    const graph = await access.open()
    const draft = await createPost(connection.database, { title: 'Pea soup', status: 'draft' })
    const source = objectName('post', draft.id)
    await graph.edges.add({ source, kind: 'is-a', target: typeName('tried') })
    const form = {
      ...soups,
      title: '',
      slug: 'tried',
      wish: 'try',
      text: '?- instance(P, "type:tried").',
    }
    const attempt = async () => (await post('/admin/queries/new', form)).body
    await expect.poll(attempt).toContain('Pea soup')
    const body = await attempt()
    expect(body).toMatch(/1 entry, worked out in [\d.]+ ms/)
    expect(body).toContain('Not published')
    expect((await get('/lists/tried/')).statusCode).toBe(404)
  })

  test('tells of values that cannot be listed, and of what takes too long', async () => {
    const attempt = async (text: string) =>
      (await post('/admin/queries/new', { ...soups, wish: 'try', text })).body
    expect(await attempt('n("a"). n(7). ?- n(X).')).toContain('X also stands for 2 values')
    expect(await attempt('n(0). n(Y) :- n(X), Y = X + 1. ?- n(X).')).toContain(
      'This list takes too long to work out.',
    )
    expect(await attempt('n(X) :- X = 1 / 0. ?- n(X).')).toContain('division by zero')
  })
})

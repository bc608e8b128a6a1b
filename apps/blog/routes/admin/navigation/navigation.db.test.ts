import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createCalendar } from '@rose-ash/testing/factories/calendar'
import { createMenuNode } from '@rose-ash/testing/factories/menu'
import { createPage } from '@rose-ash/testing/factories/page'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import { createMarketPlace } from '@rose-ash/testing/factories/shop'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { createMenuEditor, type Fields, menuUrl, signInAsKeeper } from './test-editor.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
const { get, change, addAll, idOf, tree, shown } = createMenuEditor(
  blog,
  await blog.signInAs('editor'),
)
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() =>
  emptyTables(connection.pool, 'posts', 'menu_nodes', 'tags', 'calendars', 'market_places'),
)

describe('adding an entry', () => {
  test('takes what a search has found, and calls it by its own name', async () => {
    const page = await createPage(database, { title: 'Our mill', slug: 'mill' })
    const post = await createPost(database, { title: 'Milling day', slug: 'milling-day' })
    const tag = await createTag(database, { name: 'Mills', slug: 'mills' })
    const place = await createMarketPlace(database, { name: 'Mill shop' })
    const calendar = await createCalendar(database, { name: 'Mill tours' })
    const targets = [`post:${page.id}`, `post:${post.id}`, `tag:${tag.id}`, `market:${place.id}`]
    targets.push(`calendar:${calendar.id}`)
    const { body } = await get(`${menuUrl}?q=mil`)
    for (const target of targets) expect(body).toContain(`name="target" value="${target}"`)
    for (const target of targets) expect((await change({ action: 'add', target })).status).toBe(303)
    expect(await shown()).toEqual([
      ['Our mill', 'http://blog.localhost/mill/'],
      ['Milling day', 'http://blog.localhost/milling-day/'],
      ['Mills', 'http://blog.localhost/tag/mills/'],
      ['Mill shop', `http://market.localhost${place.path}`],
      ['Mill tours', `http://events.localhost${calendar.path}`],
    ])
  })

  test('says so when nothing is found, whatever was asked', async () => {
    for (const q of ['zzz', "'; drop table posts; --", '%', '& | !', '🥖', 'x'.repeat(5000)]) {
      const { status, body } = await get(`${menuUrl}?${new URLSearchParams({ q })}`)
      expect(status).toBe(200)
      expect(body).not.toContain('name="target"')
    }
    expect((await get(`${menuUrl}?q=zzz`)).body).toContain('Nothing is called “zzz”.')
  })

  test('takes addresses elsewhere by https alone, and own ones as what they lead to', async () => {
    await createPage(database, { slug: 'mill' })
    for (const [label, address] of [
      ['Elsewhere', 'https://example.org/a?b'],
      ['Mill', 'http://blog.localhost/mill/'],
      ['Tags', '/tags/'],
      ['Shop', 'http://market.localhost/'],
    ])
      expect((await change({ action: 'add', label: label!, address: address! })).status).toBe(303)
    expect(await shown()).toEqual([
      ['Elsewhere', 'https://example.org/a?b'],
      ['Mill', 'http://blog.localhost/mill/'],
      ['Tags', 'http://blog.localhost/tags/'],
      ['Shop', 'http://market.localhost/'],
    ])
    await connection.pool.query(`update posts set slug = 'water-mill'`)
    expect((await shown())[1]).toEqual(['Mill', 'http://blog.localhost/water-mill/'])
  })

  test.each([
    'http://example.org/',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user:secret@example.org/',
    'https://localhost/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://db.internal/',
    '//example.org/',
    '/\\example.org',
    'example.org',
    '',
    `https://example.org/${'x'.repeat(600)}`,
  ])('refuses the address %s and changes nothing', async (address) => {
    const { status, body } = await change({ action: 'add', label: 'Bad', address })
    expect(status).toBe(422)
    expect(body).toContain('role="alert"')
    expect(await tree()).toEqual([])
  })

  test('refuses names and targets that are none, and goes no deeper than three levels', async () => {
    const address = 'https://example.org/'
    const unknown = 'post:00000000-0000-4000-8000-000000000000'
    for (const fields of [
      { action: 'add', address },
      { action: 'add', address, label: 'x'.repeat(81) },
      { action: 'add', address, label: 'a\u0007b' },
      { action: 'add', target: 'post:1' },
      { action: 'add', target: unknown },
      { action: 'fly', id: '1' },
      { action: 'up', id: '1' },
      {},
    ] as Fields[])
      expect((await change(fields)).status).toBe(422)
    await addAll('A')
    for (const [label, under] of [
      ['B', 'A'],
      ['C', 'B'],
    ] as const)
      await change({ action: 'add', label, address, parentId: await idOf(under) })
    const deep = await change({ action: 'add', label: 'D', address, parentId: await idOf('C') })
    expect(deep).toMatchObject({ status: 422 })
    expect(deep.body).toContain('at most 3 deep')
    expect(await tree()).toEqual(['A', 'A > B', 'A > B > C'])
  })

  test('has an end', async () => {
    await connection.pool.query(`insert into menu_nodes (label, app, path, sort_order)
      select 'n' || n, '', 'https://example.org/', n - 1 from generate_series(1, 200) n`)
    const { status, body } = await change({ action: 'add', label: 'Z', address: 'https://z.org/' })
    expect(status).toBe(422)
    expect(body).toContain('at most 200 entries')
    expect(body).toContain('This menu is full.')
  })
})

describe('the menu of a page', () => {
  test('is edited by those who look after the page, and by nobody else', async () => {
    const [mill, bakery] = [await createPage(database), await createPage(database)]
    const miller = await signInAsKeeper(blog, mill)
    const url = `${menuUrl}page/${mill.id}/`
    const add = { action: 'add', label: 'Grain', address: 'https://example.org/' }
    expect((await change(add, { url, cookies: miller })).status).toBe(303)
    expect(await shown({ containerType: 'page', containerId: mill.id })).toEqual([
      ['Grain', 'https://example.org/'],
    ])
    expect(await shown()).toEqual([])
    for (const other of [menuUrl, `${menuUrl}page/${bakery.id}/`]) {
      expect((await get(other, miller)).status).toBe(403)
      expect((await change({ ...add, version: '' }, { url: other, cookies: miller })).status).toBe(
        403,
      )
    }
    expect((await get(url, await blog.signInAs())).status).toBe(403)
    expect((await get(`${menuUrl}page/nonsense/`)).status).toBe(404)
    const post = await createPost(database)
    expect((await get(`${menuUrl}page/${post.id}/`)).status).toBe(404)
    expect((await get(`${menuUrl}page/${bakery.id}/`)).status).toBe(200)
  })

  test('does not tell those who look after one page of the drafts of others', async () => {
    const mill = await createPage(database)
    const draft = await createPage(database, { title: 'Secret plans', status: 'draft' })
    const miller = await signInAsKeeper(blog, mill)
    const url = `${menuUrl}page/${mill.id}/`
    expect((await get(`${url}?q=secret`, miller)).body).not.toContain('Secret plans')
    expect((await get(`${url}?q=secret`)).body).toContain('Secret plans')
    const target = `post:${draft.id}`
    expect((await change({ action: 'add', target }, { url, cookies: miller })).status).toBe(422)
    expect((await change({ action: 'add', target }, { url })).status).toBe(303)
    expect(await shown({ containerType: 'page', containerId: mill.id })).toEqual([])
  })

  test('takes no entry of another menu', async () => {
    const mill = await createPage(database)
    await addAll('A')
    const id = await idOf('A')
    const answer = await change({ action: 'remove', id }, { url: `${menuUrl}page/${mill.id}/` })
    expect(answer.status).toBe(422)
    expect(await tree()).toEqual(['A'])
  })
})

test('strangers are led to sign in, and what other people wrote is text', async () => {
  const answer = await blog.app.inject({ url: menuUrl, headers: { accept: 'text/html' } })
  expect(answer.headers['location']).toContain('/auth/login')
  const evil = `"><script>alert(1)</script>`
  await createMenuNode(database, { label: evil, path: '/x/' })
  await createPage(database, { title: evil })
  const { body } = await get(`${menuUrl}?q=script`)
  expect(body).not.toContain('<script>alert')
})

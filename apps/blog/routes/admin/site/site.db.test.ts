import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createCalendar } from '@rose-ash/testing/factories/calendar'
import { createMenuNode } from '@rose-ash/testing/factories/menu'
import { createPage, switchOff } from '@rose-ash/testing/factories/page'
import { createPost } from '@rose-ash/testing/factories/post'
import { createMarketPlace } from '@rose-ash/testing/factories/shop'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { type Fields, getPage, postForm, signInAsKeeper } from '../navigation/test-editor.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
const cookies = await blog.signInAs('editor')
const { services } = blog.dependencies
afterAll(async () => {
  await blog.close()
  await connection.close()
})
const emptied = ['posts', 'settings', 'calendars', 'market_places', 'menu_nodes', 'relations']
beforeEach(() => emptyTables(connection.pool, ...emptied))

const get = (url: string) => getPage(blog, url, cookies)
const post = (url: string, fields: Fields) => postForm(blog, url, { fields, cookies })

describe('the footer', () => {
  const url = '/admin/site/'
  const shown = async () => (await blog.fragments({ type: 'footer' }))[0]?.trim()

  test('is what every site begins with until somebody writes one, and again when it is emptied', async () => {
    expect(await shown()).toBe('')
    expect((await get('/tags/')).body).toContain('is owned by the people who use it.')
    const invalidate = vi.spyOn(blog.dependencies.cache, 'invalidateTags')
    const fields = {
      text: 'Milling since *1897*.\nBy the weir.\n\n[About <us>](/about/), [code](https://example.org/?a=1&b=2)',
      links: 'Contact: mailto:mill@example.org\r\n\r\nOpening times: today: /visit/',
    }
    expect((await post(url, fields)).status).toBe(303)
    expect(invalidate).toHaveBeenCalledWith(['fragment:footer'])
    invalidate.mockRestore()
    const html = await shown()
    expect(html).toContain(
      '<p>Milling since *1897*.<br>By the weir.</p><p><a href="http://blog.localhost/about/">About &lt;us&gt;</a>, <a href="https://example.org/?a=1&amp;b=2">code</a></p>',
    )
    expect(html).toContain('href="mailto:mill@example.org">Contact</a>')
    expect(html).toContain('href="http://blog.localhost/visit/">Opening times: today</a>')
    expect((await get(url)).body).toContain('Opening times: today: /visit/')
    await post(url, { text: '', links: '' })
    expect(await shown()).toBe('')
  })

  test.each([
    [{ text: '[x](javascript:alert(1))' }, 'javascript:alert'],
    [{ text: '[x](http://example.org)' }, 'http://example.org'],
    [{ text: '[x](//example.org)' }, '//example.org'],
    [{ text: 'x'.repeat(1001) }, 'At most 1000 letters.'],
    [{ text: 'a\u0000b' }, 'control character'],
    [{ links: 'Bad: javascript:alert(1)' }, 'Line 1'],
    [{ links: 'Good: /a/\nhttps://example.org/' }, 'Line 2'],
    [{ links: 'A: /a/\n'.repeat(21) }, 'At most 20 links.'],
  ] as [Fields, string][])('refuses %j and says why', async (fields, reason) => {
    const { status, body } = await post(url, fields)
    expect(status).toBe(422)
    expect(body).toContain(reason)
    expect(await shown()).toBe('')
  })

  test('shows whatever else is typed as text', async () => {
    await post(url, { text: '<script>alert(1)</script> " onclick="x' })
    expect(await shown()).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot; onclick')
  })

  test('is for editors of the whole site', async () => {
    const keeper = await signInAsKeeper(blog, await createPage(database))
    expect((await getPage(blog, url, keeper)).status).toBe(403)
    const answer = await postForm(blog, url, { fields: { text: 'Mine' }, cookies: keeper })
    expect(answer.status).toBe(403)
  })
})

describe('what a page offers', () => {
  const urlOf = ({ id }: { readonly id: string }) => `/admin/posts/${id}/features`

  test('is switched on and off by those who look after it', async () => {
    const page = await createPage(database)
    const keeper = await signInAsKeeper(blog, page)
    const change = (feature: string, state: string) =>
      postForm(blog, urlOf(page), { fields: { feature, state }, cookies: keeper })
    await expect(services.blog.assertFeature(page.id, 'market')).rejects.toThrow(
      'Market places are not switched on for this page.',
    )
    expect((await change('market', 'on')).status).toBe(303)
    expect((await change('market', 'on')).status).toBe(303)
    await services.blog.assertFeature(page.id, 'market')
    await database.transaction((transaction) =>
      services.blog.assertFeature(page.id, 'market', transaction),
    )
    expect(await services.blog.featuresOf(page.id)).toEqual(['market'])
    expect((await change('market', 'off')).status).toBe(303)
    expect(await services.blog.featuresOf(page.id)).toEqual([])
    for (const [feature, state] of [
      ['cinema', 'on'],
      ['market', 'maybe'],
      ['', ''],
    ] as const)
      expect((await change(feature, state)).status).toBe(400)
    const other = await createPage(database)
    expect((await getPage(blog, urlOf(other), keeper)).status).toBe(403)
  })

  test('is in menus only while it is switched on', async () => {
    const page = await createPage(database, { slug: 'mill' })
    const shop = await createMarketPlace(database, { page, slug: 'shop' })
    const tours = await createCalendar(database, { page, name: 'Tours' })
    await services.relations.attach({ parent: page, child: { type: 'calendar', id: tours.id } })
    await createMenuNode(database, { label: 'Mill', path: '/mill/' })
    await createMenuNode(database, { label: 'Shop', app: 'market', path: `/mill/${shop.slug}/` })
    const names = async () =>
      (await services.blog.navigationTree()).flatMap(({ label, children }) => [
        label,
        ...children.map((child) => child.label),
      ])
    expect(await names()).toEqual(['Mill', 'Tours', 'Shop'])
    await switchOff(database, page.id, 'calendar')
    await switchOff(database, page.id, 'market')
    expect(await names()).toEqual(['Mill'])
    expect(await services.blog.findMenuTargets({ words: 'Tours', withUnpublished: false })).toEqual(
      [],
    )
    await post(urlOf(page), { feature: 'calendar', state: 'on' })
    expect(await names()).toEqual(['Mill', 'Tours'])
  })

  test('stays while something hangs there, which is named', async () => {
    const page = await createPage(database, { slug: 'mill' })
    for (const feature of ['market', 'calendar']) await post(urlOf(page), { feature, state: 'on' })
    await createMarketPlace(database, { page, slug: 'shop', name: 'Mill <shop>' })
    await createCalendar(database, { page, slug: 'tours', name: 'Tours' })
    await createCalendar(database, { page, name: 'Gone', deletedAt: new Date() })
    const refused = await post(urlOf(page), { feature: 'market', state: 'off' })
    expect(refused.status).toBe(409)
    expect(refused.body).toContain('“Mill &lt;shop&gt;”')
    expect(refused.body).toContain('href="http://market.localhost/mill/shop/"')
    expect(refused.body).toContain('href="http://events.localhost/mill/calendars/tours/"')
    expect(refused.body).not.toContain('Gone')
    await connection.pool.query('update calendars set deleted_at = now()')
    expect((await post(urlOf(page), { feature: 'calendar', state: 'off' })).status).toBe(303)
    expect(await services.blog.featuresOf(page.id)).toEqual(['market'])
  })

  test('is nothing for posts, what is in the trash and what is not there', async () => {
    const story = await createPost(database)
    const trashed = await createPage(database, { status: 'trashed' })
    for (const id of [story.id, trashed.id, '00000000-0000-4000-8000-000000000000', 'x'])
      expect((await get(urlOf({ id }))).status).toBe(404)
  })
})

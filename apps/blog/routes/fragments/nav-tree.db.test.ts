import { startWork } from '@rose-ash/shared/infrastructure/app/work'
import { createCache } from '@rose-ash/shared/infrastructure/cache/create-cache'
import type { InternalClient } from '@rose-ash/shared/infrastructure/internal-client'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createCalendar } from '@rose-ash/testing/factories/calendar'
import { createMenuNode } from '@rose-ash/testing/factories/menu'
import { createPage } from '@rose-ash/testing/factories/page'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import { createMarketPlace } from '@rose-ash/testing/factories/shop'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { tellOfPost } from '../../services/posts/tell-of-post.ts'

const connection = await createTestDatabase()
const { database } = connection
const cache = createCache({ prefix: 'test', log: createLog({ app: 'blog', level: 'silent' }) })
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection, cache })
/** Asks the first for its fragments, as every app does; both have one cache. */
const internal: InternalClient = {
  isAvailable: (app) => app === 'blog',
  post: async (app, _path, { body }) => {
    if (app !== 'blog') throw new Error(`${app} is not part of this test`)
    return blog.fragments(...(body as { type: string; parameters: Record<string, string> }[]))
  },
}
const other = await createTestApp({
  app: 'blog',
  create: createBlogApp,
  connection,
  cache,
  internal,
})
const work = await startWork(
  { app: blog.app, ...(blog.handlers && { handlers: blog.handlers }) },
  blog.dependencies,
)
const { relations } = blog.dependencies.services

afterAll(async () => {
  await work[Symbol.asyncDispose]()
  await other.close()
  await blog.close()
  await cache.close()
  await connection.close()
})
const emptied = ['posts', 'menu_nodes', 'tags', 'calendars', 'market_places', 'relations']
beforeEach(async () => {
  await emptyTables(connection.pool, ...emptied)
  await cache.invalidateTags(['fragment:nav-tree'])
})

type Link = readonly [label: string, url: string]

function linksOf(html: string): readonly Link[] {
  return [...html.matchAll(/href="([^"]+)">([^<]+)</g)].map(([, url = '', label = '']) => [
    label,
    url,
  ])
}

async function menu(): Promise<readonly Link[]> {
  const [html = ''] = await blog.fragments({ type: 'nav-tree' })
  return linksOf(html)
}

/** On a page of the other instance. */
async function menuElsewhere(): Promise<readonly Link[]> {
  const { body } = await other.app.inject({ url: '/tags/', headers: { accept: 'text/html' } })
  return linksOf(/<nav class="page-nav"[^]*?<\/nav>/.exec(body)?.[0] ?? '')
}

async function everybodyHasHeard(): Promise<void> {
  const pending = `select count(*)::int as count from event_deliveries
    where handler = 'blog.rebuild-navigation' and state <> 'done'`
  await expect.poll(async () => (await connection.pool.query(pending)).rows[0].count).toBe(0)
}

const labels = (links: readonly Link[]) => links.map(([label]) => label)
const entry = (label: string, kind: string, id: string) =>
  createMenuNode(database, { label, path: `/go/${kind}/${id}/` })

describe('an entry', () => {
  test('follows what it leads to when that moves', async () => {
    const page = await createPage(database, { slug: 'mill' })
    const tag = await createTag(database, { slug: 'rye' })
    const place = await createMarketPlace(database, { page, slug: 'shop' })
    const calendar = await createCalendar(database, { page, slug: 'tours' })
    await entry('Mill', 'post', page.id)
    await entry('Rye', 'tag', tag.id)
    await entry('Shop', 'market', place.id)
    await entry('Tours', 'calendar', calendar.id)
    await connection.pool.query(`update posts set slug = 'new-mill';
      update tags set slug = 'new-rye'; update market_places set slug = 'new-shop';
      update calendars set slug = 'new-tours'`)
    expect(Object.fromEntries(await menu())).toEqual({
      Mill: 'http://blog.localhost/new-mill/',
      Rye: 'http://blog.localhost/tag/new-rye/',
      Shop: 'http://market.localhost/new-mill/new-shop/',
      Tours: 'http://events.localhost/new-mill/calendars/new-tours/',
    })
    for (const [kind, id, url] of [
      ['post', page.id, 'http://blog.localhost/new-mill/'],
      ['calendar', calendar.id, 'http://events.localhost/new-mill/calendars/new-tours/'],
    ]) {
      const answer = await blog.app.inject(`/go/${kind}/${id}/`)
      expect(answer).toMatchObject({ statusCode: 302, headers: { location: url } })
    }
  })

  test.each(['draft', 'scheduled', 'trashed', 'sent'] as const)(
    'whose page is %s is not shown, nor is what stands under it or hangs there',
    async (status) => {
      const page = await createPage(database, { slug: 'mill', status })
      const place = await createMarketPlace(database, { page })
      const above = await entry('Mill', 'post', page.id)
      await createMenuNode(database, { label: 'Under', path: '/tags/', parentId: above.id })
      await createMenuNode(database, { label: 'By path', path: '/mill/' })
      await entry('Shop', 'market', place.id)
      expect(await menu()).toEqual([])
      expect((await blog.app.inject(`/go/post/${page.id}/`)).statusCode).toBe(404)
    },
  )

  test('is not shown when what it led to is gone or internal', async () => {
    const page = await createPage(database)
    const place = await createMarketPlace(database, { page, deletedAt: new Date() })
    const tag = await createTag(database, { visibility: 'internal' })
    for (const [kind, id] of [
      ['market', place.id],
      ['tag', tag.id],
      ['post', tag.id],
    ] as const)
      await entry(kind, kind, id)
    await createMenuNode(database, { label: 'No tag', path: '/tag/none/' })
    await createMenuNode(database, { label: 'No shop', app: 'market', path: '/none/none/' })
    expect(await menu()).toEqual([])
  })

  test('stands where it was put, down to the third level', async () => {
    const [a, b] = [await createPage(database), await createPage(database)]
    const first = await entry('First', 'post', a.id)
    const second = await createMenuNode(database, {
      label: 'Second',
      path: '/tags/',
      parentId: first.id,
    })
    await createMenuNode(database, {
      label: 'Third',
      path: `/go/post/${b.id}/`,
      parentId: second.id,
    })
    expect(labels(await menu())).toEqual(['First', 'Second', 'Third'])
  })

  test('costs as many queries among a hundred as alone', async () => {
    const count = async () => {
      await everybodyHasHeard()
      const spy = vi.spyOn(connection.pool, 'query')
      await menu()
      // Whoever waits for events asks now and then as well.
      const { length } = spy.mock.calls.filter(
        (call) => !/event_deliveries|kv_/.test(JSON.stringify(call)),
      )
      spy.mockRestore()
      return length
    }
    const fill = async (number: number) => {
      for (let n = 0; n < number; n += 1) {
        const page = await createPage(database)
        const place = await createMarketPlace(database, { page })
        const calendar = await createCalendar(database, { page })
        const tag = await createTag(database)
        await relations.attach({ parent: page, child: { type: 'calendar', id: calendar.id } })
        await entry('P', 'post', page.id)
        await entry('T', 'tag', tag.id)
        if (n === 0) {
          await entry('M', 'market', place.id)
          await entry('C', 'calendar', (await createCalendar(database, { page })).id)
        }
      }
    }
    await fill(1)
    const alone = await count()
    await fill(40)
    expect(await count()).toBe(alone)
    expect(alone).toBeLessThanOrEqual(9)
  })
})

describe('what hangs on a page', () => {
  test('stands below its entry on every app as soon as it is attached, until it is detached', async () => {
    const page = await createPage(database, { slug: 'mill' })
    const calendar = await createCalendar(database, { page, slug: 'tours', name: 'Tours' })
    await entry('Mill', 'post', page.id)
    expect(labels(await menuElsewhere())).toEqual(['Mill'])
    const ends = { parent: page, child: { type: 'calendar', id: calendar.id } }
    await relations.attach(ends)
    await expect.poll(async () => labels(await menuElsewhere())).toEqual(['Mill', 'Tours'])
    await relations.detach(ends)
    await expect.poll(async () => labels(await menuElsewhere())).toEqual(['Mill'])
  })

  test('is called what the page calls it, in the order of the page, and not said twice', async () => {
    const page = await createPage(database)
    const below = await createPage(database, { title: 'Below' })
    const deepest = await createPage(database, { title: 'Deepest' })
    const tooDeep = await createPage(database, { title: 'Too deep' })
    const shop = await createMarketPlace(database, { page, name: 'Shop' })
    const tours = await createCalendar(database, { page, name: 'Tours' })
    const draft = await createPage(database, { title: 'Draft', status: 'draft' })
    await relations.attach({
      parent: page,
      child: { type: 'market', id: shop.id },
      label: 'Our shop',
    })
    await relations.attach({ parent: page, child: { type: 'calendar', id: tours.id } })
    await relations.attach({ parent: page, child: below })
    await relations.attach({ parent: page, child: draft })
    await relations.attach({ parent: below, child: deepest })
    await relations.attach({ parent: deepest, child: tooDeep })
    await entry('Mill', 'post', page.id)
    expect(labels(await menu())).toEqual(['Mill', 'Below', 'Deepest', 'Our shop', 'Tours'])
    await entry('The tours', 'calendar', tours.id)
    const once = labels(await menu())
    expect(once).toContain('The tours')
    expect(once).not.toContain('Tours')
  })

  test('that is below itself does no harm', async () => {
    const page = await createPage(database, { title: 'Mill' })
    await connection.pool
      .query(`insert into relations (relation_type, from_type, from_id, to_type, to_id)
      values ('page->page', 'page', '${page.id}', 'page', '${page.id}')`)
    await entry('Mill', 'post', page.id)
    expect(labels(await menu())).toEqual(['Mill'])
  })
})

describe('menus of all apps', () => {
  test('show an edit at once', async () => {
    const cookies = await blog.signInAs('editor')
    expect(await menuElsewhere()).toEqual([])
    const { body } = await blog.app.inject({ url: '/admin/navigation/', cookies })
    const version = /data-version="([^"]*)"/.exec(body)?.[1] ?? ''
    const fields = { action: 'add', label: 'Away', address: 'https://example.org/', version }
    await blog.app.inject({
      method: 'POST',
      url: '/admin/navigation/change',
      cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    })
    expect(await menuElsewhere()).toEqual([['Away', 'https://example.org/']])
  })

  test('show soon that a page was published, has moved, and is gone', async () => {
    const page = await createPage(database, { slug: 'mill', status: 'draft' })
    await createMenuNode(database, { label: 'Mill', path: '/mill/' })
    expect(await menuElsewhere()).toEqual([])
    const tell = (news: Pick<Parameters<typeof tellOfPost>[1], 'change' | 'slug' | 'formerSlug'>) =>
      database.transaction((transaction) =>
        tellOfPost(transaction, { ...news, id: page.id, isPage: true, visibility: 'public' }),
      )
    const poll = () => expect.poll(menuElsewhere)

    await connection.pool.query(`update posts set status = 'published'`)
    await tell({ change: 'Create', slug: 'mill' })
    await poll().toEqual([['Mill', 'http://blog.localhost/mill/']])

    await connection.pool.query(`update posts set slug = 'new-mill'`)
    await tell({ change: 'Update', slug: 'new-mill', formerSlug: 'mill' })
    await poll().toEqual([['Mill', 'http://blog.localhost/new-mill/']])

    await connection.pool.query(`delete from posts`)
    await tell({ change: 'Delete', slug: 'new-mill' })
    await poll().toEqual([])
  })

  test('are left alone by posts that are in none', async () => {
    const post = await createPost(database)
    const spy = vi.spyOn(cache, 'invalidateTags')
    await database.transaction((transaction) =>
      tellOfPost(transaction, {
        change: 'Update',
        id: post.id,
        slug: post.slug,
        isPage: false,
        visibility: 'public',
      }),
    )
    await everybodyHasHeard()
    expect(spy).not.toHaveBeenCalledWith(expect.arrayContaining(['fragment:nav-tree']))
    spy.mockRestore()
  })
})

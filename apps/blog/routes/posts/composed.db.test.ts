import type { AppName } from '@rose-ash/shared/contracts/apps'
import { UnavailableError } from '@rose-ash/shared/contracts/errors'
import type { FragmentQuery } from '@rose-ash/shared/infrastructure/fragments/client'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPage } from '@rose-ash/testing/factories/page'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'

const asked: { app: AppName; queries: readonly FragmentQuery[] }[] = []
const down = new Set<AppName>()

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({
  app: 'blog',
  create: createBlogApp,
  connection,
  internal: {
    isAvailable: (app) => !down.has(app),
    async post(app, _path, { body }) {
      if (down.has(app)) throw new UnavailableError(`${app} is down`)
      const queries = body as readonly FragmentQuery[]
      asked.push({ app, queries })
      return queries.map(({ type, parameters }) => {
        const about = parameters['postIds'] ?? parameters['containerId'] ?? ''
        return `<i data-fragment="${app} ${type} ${about}"></i>`
      })
    },
  },
})
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(async () => {
  await emptyTables(connection.pool, 'posts')
  asked.length = 0
  down.clear()
})

async function get(url: string) {
  const { statusCode, body } = await blog.app.inject({ url, headers: { accept: 'text/html' } })
  expect(statusCode).toBe(200)
  return body
}

test('a page shows what hangs on it, as events and market tell it', async () => {
  const { id } = await createPage(database, { slug: 'mill' })
  const body = await get('/mill/')
  expect(body).toContain(`<i data-fragment="events container-nav ${id}"></i>`)
  expect(body).toContain(`<i data-fragment="market container-nav ${id}"></i>`)
  const nav = asked.flatMap(({ queries }) => queries).filter(({ type }) => type === 'container-nav')
  expect(nav).toHaveLength(2)
  for (const { parameters } of nav) {
    expect(parameters).toEqual({ containerType: 'page', containerId: id })
  }
})

test('a post shows the events that it tells of', async () => {
  const { id } = await createPost(database, { slug: 'rye' })
  const body = await get('/rye/')
  expect(body).toContain('<h2>Come along</h2>')
  expect(body).toContain(`<i data-fragment="events container-cards ${id}"></i>`)
})

test('the home page asks once for the events of all its posts', async () => {
  for (let number = 0; number < 5; number += 1) await createPost(database)
  const body = await get('/')
  expect(body.match(/data-fragment="events container-cards/g)).toHaveLength(1)
  const events = asked.filter(({ app }) => app === 'events')
  expect(events).toHaveLength(1)
  const cards = events[0]?.queries.filter(({ type }) => type === 'container-cards')
  expect(cards).toHaveLength(1)
  expect(cards?.[0]?.parameters['postIds']?.split(',')).toHaveLength(5)
})

test('each part of the frame is there once', async () => {
  await createPage(database, { slug: 'mill' })
  for (const url of ['/', '/mill/', '/tags/']) {
    const body = await get(url)
    for (const part of ['class="site-header"', 'class="site-footer"', '<main', '<h1']) {
      expect(body.split(part)).toHaveLength(2)
    }
    // A page has a menu of its own besides.
    const menus = url === '/mill/' ? 2 : 1
    expect(body.match(/data-fragment="blog nav-tree/g)).toHaveLength(menus)
  }
})

test('whoever is down costs their own part of the page', async () => {
  down.add('events')
  await createPage(database, { slug: 'oven' })
  await createPost(database, { slug: 'rye' })
  const page = await get('/oven/')
  expect(page).toContain('data-fragment="market container-nav')
  expect(page).not.toContain('data-fragment="events container-nav')
  const post = await get('/rye/')
  expect(post).not.toContain('Come along')
  expect(post).toContain('Flour, water and salt.')
})

test('what stands in a text of other apps is asked for, and stays a link when nobody answers', async () => {
  const block =
    '<div data-block="product:/oven/bakery/rye/"><p><a href="http://market.localhost/x">Rye</a></p></div>'
  await createPost(database, { slug: 'shop', html: `<p>Buy:</p>${block}` })
  expect(await get('/shop/')).toMatch(
    /Buy:<\/p><div class="post-block[^>]*><i data-fragment="market/,
  )
  down.add('market')
  await createPost(database, {
    slug: 'shop-2',
    html: `<p>Again:</p>${block.replace('rye', 'oat')}`,
  })
  expect(await get('/shop-2/')).toContain('<p><a href="http://market.localhost/x">Rye</a></p>')
})

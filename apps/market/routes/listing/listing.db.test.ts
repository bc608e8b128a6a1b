import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPage, switchOff, switchOn } from '@rose-ash/testing/factories/page'
import { createMarketPlace, createProduct } from '@rose-ash/testing/factories/shop'
import { afterAll, describe, expect, it } from 'vitest'
import { createMarketApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const market = await createTestApp({ app: 'market', create: createMarketApp, connection })
afterAll(async () => {
  await market.close()
  await connection.close()
})

const page = await createPage(database, { slug: 'shop', title: 'Our shop' })
const bakery = await createMarketPlace(database, { page, slug: 'bakery', name: 'Bakery' })
const garden = await createMarketPlace(database, {
  page,
  slug: 'garden',
  name: 'Garden',
  sortOrder: 1,
})
await createProduct(database, {
  place: bakery,
  title: 'Rye <loaf>',
  slug: 'rye',
  measureAmount: 800,
  measureUnit: 'g',
})
await createProduct(database, { place: bakery, title: 'Plum jam', category: 'larder', stock: 0 })
for (let number = 1; number <= 30; number++) {
  await createProduct(database, {
    place: garden,
    title: `Seeds ${number}`,
    category: 'seeds',
    sortOrder: number,
  })
}

async function get(url: string) {
  const answer = await market.app.inject({ url, headers: { accept: 'text/html' } })
  return { status: answer.statusCode, body: answer.body, location: answer.headers.location }
}

/** How many products a page shows. */
const countCards = (body: string) => body.split('class="product-card"').length - 1

describe('the market', () => {
  it('shows everything on sale, by market place and category, in pages', async () => {
    const first = await get('/')
    expect(first.status).toBe(200)
    expect(countCards(first.body)).toBe(24)
    expect(first.body).toContain('32 products')
    expect(first.body).toContain('Rye &lt;loaf&gt;')
    expect(first.body).toContain('£5.25 per kg')
    expect(first.body).toContain('href="/?page&#x3D;2"')
    const second = await get('/?page=2')
    expect(countCards(second.body)).toBe(8)
    expect(second.body).toContain('Page 2 of 2')
    expect((await get('/?page=3')).status).toBe(404)
    expect((await get('/?page=no')).status).toBe(404)
  })

  it('is narrowed down by category and search, and keeps both in its links', async () => {
    const { body } = await get('/?category=seeds&q=seeds')
    expect(body).toContain('30 products for “seeds”')
    expect(body).toContain('href="/?q&#x3D;seeds&amp;category&#x3D;seeds&amp;page&#x3D;2"')
    expect(body).toContain('<input type="hidden" name="category" value="seeds">')
    expect(body).toContain('<meta name="robots" content="noindex')
  })

  it('says so in plain words when nothing is found', async () => {
    const { status, body } = await get('/?q=%3Cscript%3E')
    expect(status).toBe(200)
    expect(body).toContain('Nothing found')
    expect(body).not.toContain('<script>')
  })

  it('has no form that buys what is sold out', async () => {
    const { body } = await get('/?q=jam')
    expect(body).toContain('Sold out')
    expect(body).not.toContain('method="post"')
  })
})

describe('a market place', () => {
  it('shows its own products and where it belongs', async () => {
    const { body } = await get('/shop/bakery/')
    expect(countCards(body)).toBe(2)
    expect(body).toContain('href="http://blog.localhost/shop/"')
    expect(body).toContain('<link rel="canonical" href="http://market.localhost/shop/bakery/">')
  })

  it('whose page has none switched on is not there, until it has', async () => {
    const other = await createPage(database, { slug: 'quiet' })
    const place = await createMarketPlace(database, { page: other, slug: 'stall' })
    await createProduct(database, { place, slug: 'jam' })
    await switchOff(database, other.id, 'market')
    for (const url of ['/quiet/stall/', '/quiet/stall/jam/']) {
      const { status, body } = await get(url)
      expect([status, body.includes('<h1')]).toEqual([404, true])
    }
    await switchOn(database, other.id, 'market')
    expect((await get('/quiet/stall/jam/')).status).toBe(200)
    await switchOff(database, other.id, 'market')
  })

  it('is found under a wrong page too, and led to its own', async () => {
    expect(await get('/elsewhere/bakery/')).toMatchObject({
      status: 301,
      location: '/shop/bakery/',
    })
    expect((await get('/shop/nothing/')).status).toBe(404)
  })
})

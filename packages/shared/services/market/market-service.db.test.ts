import { createTestDatabase } from '@rose-ash/testing/database'
import { createPage } from '@rose-ash/testing/factories/page'
import { createMarketPlace, createProduct } from '@rose-ash/testing/factories/shop'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { posts } from '../../models/blog.ts'
import { marketPlaces, productCategories, products } from '../../models/market.ts'
import { createBlogService } from '../blog/blog-service.ts'
import { createMarketService } from './market-service.ts'

const connection = await createTestDatabase()
const { database } = connection
const url = 'http://localhost'
const blog = createBlogService({
  database,
  cache: { invalidateTags: async () => {} },
  publicUrls: { blog: url, market: url, events: url, cart: url, account: url, federation: url },
  platformName: 'Rose Ash',
})
const market = createMarketService({ database }, { blog })
afterAll(() => connection.close())

beforeEach(async () => {
  await database.delete(products)
  await database.delete(productCategories)
  await database.delete(marketPlaces)
})

const firstPage = { page: 1, pageSize: 24 }
const titlesOf = (list: readonly { readonly title: string }[]) => list.map(({ title }) => title)

describe('a product', () => {
  it('is found by its market place and slug, with all there is to tell', async () => {
    const page = await createPage(database, { slug: 'shop', title: 'The shop' })
    const place = await createMarketPlace(database, { page, slug: 'bakery' })
    await createProduct(database, {
      place,
      slug: 'rye',
      title: 'Rye loaf',
      pricePence: 420,
      measureAmount: 800,
      measureUnit: 'g',
      descriptionHtml: '<p>Dark.</p>',
      image: '/content/images/rye.webp',
      imageAlt: 'A dark loaf',
    })
    expect(await market.findProductBySlug('bakery', 'rye')).toMatchObject({
      title: 'Rye loaf',
      path: '/shop/bakery/rye/',
      unitPrice: { pricePence: 525, unit: 'kg' },
      category: { slug: 'bread', name: 'Bread' },
      descriptionHtml: '<p>Dark.</p>',
      image: { src: '/content/images/rye.webp', alt: 'A dark loaf' },
    })
    expect(await market.findProductBySlug('bakery', 'wheat')).toBeUndefined()
    expect(await market.findProductBySlug('dairy', 'rye')).toBeUndefined()
  })

  it('is found by id in the order that was asked for; what is gone is left out', async () => {
    const one = await createProduct(database, { title: 'One' })
    const two = await createProduct(database, { title: 'Two' })
    const gone = await createProduct(database, { title: 'Gone', deletedAt: new Date() })
    const found = await market.findProducts([two.id, gone.id, one.id])
    expect(titlesOf(found)).toEqual(['Two', 'One'])
  })

  it('is not on sale when its market place or page is not there', async () => {
    const closed = await createProduct(database)
    const hidden = await createProduct(database)
    await database
      .update(marketPlaces)
      .set({ deletedAt: new Date() })
      .where(eq(marketPlaces.id, closed.place.id))
    await database.update(posts).set({ status: 'draft' }).where(eq(posts.id, hidden.place.page.id))
    expect(await market.findProducts([closed.id, hidden.id])).toEqual([])
    expect(await market.findProductBySlug(hidden.place.slug, hidden.slug)).toBeUndefined()
    expect(await market.listProducts({}, firstPage)).toEqual({ products: [], totalCount: 0 })
    expect(await market.listCategories()).toEqual([])
    expect(await market.listMarketPlaces()).toEqual([])
  })

  it('is related to the others of its category, those in stock first', async () => {
    const place = await createMarketPlace(database)
    for (const values of [
      { slug: 'rye', title: 'Rye' },
      { slug: 'oat', title: 'Oat', stock: 0 },
      { slug: 'spelt', title: 'Spelt', stock: 2 },
      { slug: 'jam', title: 'Jam', category: 'larder' },
    ]) {
      await createProduct(database, { place, ...values })
    }
    await createProduct(database, { title: 'Of another place' })
    const rye = await market.findProductBySlug(place.slug, 'rye')
    const related = rye ? await market.findRelatedProducts(rye, 4) : []
    expect(titlesOf(related)).toEqual(['Spelt', 'Oat'])
  })
})

describe('the list', () => {
  it('goes by market place, category and the products’ own order', async () => {
    const second = await createMarketPlace(database, { name: 'Garden', sortOrder: 2 })
    const first = await createMarketPlace(database, { name: 'Bakery', sortOrder: 1 })
    await createProduct(database, { place: second, title: 'Kale' })
    await createProduct(database, { place: first, title: 'Jam', category: 'larder' })
    await createProduct(database, { place: first, title: 'Rye', sortOrder: 2 })
    await createProduct(database, { place: first, title: 'Oat', sortOrder: 1 })
    await database
      .update(productCategories)
      .set({ sortOrder: 1 })
      .where(eq(productCategories.slug, 'larder'))
    const { products: list, totalCount } = await market.listProducts({}, firstPage)
    expect(titlesOf(list)).toEqual(['Oat', 'Rye', 'Jam', 'Kale'])
    expect(totalCount).toBe(4)
  })

  it('comes in pages that hold each product once', async () => {
    const place = await createMarketPlace(database)
    for (let number = 0; number < 7; number++) await createProduct(database, { place })
    const seen: string[] = []
    for (let page = 1; page <= 4; page++) {
      const list = await market.listProducts({}, { page, pageSize: 3 })
      expect(list.totalCount).toBe(7)
      seen.push(...list.products.map(({ id }) => id))
    }
    expect(seen).toHaveLength(7)
    expect(new Set(seen).size).toBe(7)
  })

  it('is narrowed down by market place, category and the words of the title', async () => {
    const bakery = await createMarketPlace(database, { slug: 'bakery', sortOrder: 1 })
    const garden = await createMarketPlace(database, { slug: 'garden', sortOrder: 2 })
    await createProduct(database, { place: bakery, title: 'Seeded Rye Loaf' })
    await createProduct(database, { place: bakery, title: 'Oat biscuits', category: 'sweet' })
    await createProduct(database, { place: garden, title: 'Ryegrass seed', category: 'seeds' })
    const search = async (query: Parameters<typeof market.listProducts>[0]) =>
      titlesOf((await market.listProducts(query, firstPage)).products)

    expect(await search({ marketPlace: 'bakery' })).toEqual(['Seeded Rye Loaf', 'Oat biscuits'])
    expect(await search({ category: 'sweet' })).toEqual(['Oat biscuits'])
    expect(await search({ search: 'rye' })).toEqual(['Seeded Rye Loaf', 'Ryegrass seed'])
    expect(await search({ search: ' LOAF  rye ' })).toEqual(['Seeded Rye Loaf'])
    expect(await search({ search: 'rye', marketPlace: 'garden' })).toEqual(['Ryegrass seed'])
    expect(await search({ search: '  ' })).toHaveLength(3)
  })

  it('takes the words as they are, also those that mean something to a database', async () => {
    const place = await createMarketPlace(database)
    for (const title of ['100% rye', 'oat_cake', String.raw`back\slash`, `baker's choice`]) {
      await createProduct(database, { place, title })
    }
    for (const [search, expected] of [
      ['0%', ['100% rye']],
      ['t_c', ['oat_cake']],
      [String.raw`k\s`, [String.raw`back\slash`]],
      [`r's`, [`baker's choice`]],
      ['%%', []],
    ] as const) {
      const { products: list } = await market.listProducts({ search }, firstPage)
      expect(titlesOf(list)).toEqual(expected)
    }
  })
})

it('counts categories over all market places, or of one', async () => {
  const bakery = await createMarketPlace(database, { slug: 'bakery' })
  const garden = await createMarketPlace(database, { slug: 'garden' })
  await createProduct(database, { place: bakery, category: 'bread' })
  await createProduct(database, { place: bakery, category: 'larder' })
  await createProduct(database, { place: garden, category: 'larder' })
  await createProduct(database, { place: garden, category: 'seeds', deletedAt: new Date() })
  expect(await market.listCategories()).toEqual([
    { slug: 'bread', name: 'Bread', productCount: 1 },
    { slug: 'larder', name: 'Larder', productCount: 2 },
  ])
  expect(await market.listCategories('garden')).toEqual([
    { slug: 'larder', name: 'Larder', productCount: 1 },
  ])
})

it('finds the market places of a page', async () => {
  const page = await createPage(database, { slug: 'orchard' })
  await createMarketPlace(database, { page, slug: 'gate', name: 'Gate sale' })
  await createMarketPlace(database, { slug: 'elsewhere' })
  expect(await market.findMarketPlaces(page)).toMatchObject([
    { slug: 'gate', path: '/orchard/gate/', container: { title: 'The mill' } },
  ])
  expect(await market.findMarketPlaceBySlug('gate')).toMatchObject({ name: 'Gate sale' })
  expect(await market.findMarketPlaceBySlug('nowhere')).toBeUndefined()
})

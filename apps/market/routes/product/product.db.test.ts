import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPage } from '@rose-ash/testing/factories/page'
import { createMarketPlace, createProduct } from '@rose-ash/testing/factories/shop'
import { afterAll, describe, expect, it } from 'vitest'
import { createMarketApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const market = await createTestApp({ app: 'market', create: createMarketApp, connection })
const { cart } = market.dependencies.services
afterAll(async () => {
  await market.close()
  await connection.close()
})

const page = await createPage(database, { slug: 'shop', title: 'Our shop' })
const place = await createMarketPlace(database, { page, slug: 'bakery', name: 'Bakery' })

function get(url: string, cookies: Record<string, string> = {}) {
  return market.app.inject({ url, cookies, headers: { accept: 'text/html' } })
}

function add(
  path: string,
  {
    quantity,
    cookies = {},
    ...headers
  }: {
    quantity?: string
    cookies?: Record<string, string>
    referer?: string
    origin?: string
  },
) {
  return market.app.inject({
    method: 'POST',
    url: `${path}add`,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(quantity === undefined ? {} : { quantity }).toString(),
  })
}

function cookiesOf(answer: Awaited<ReturnType<typeof add>>): Record<string, string> {
  return Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]))
}

describe('the page of a product', () => {
  it('tells price, unit, VAT and where it comes from, and has a form of its own app', async () => {
    await createProduct(database, {
      place,
      slug: 'rye',
      title: 'Rye loaf',
      pricePence: 420,
      measureAmount: 800,
      measureUnit: 'g',
      vatRate: 20,
      image: '/content/images/rye.webp',
      imageAlt: 'A loaf',
    })
    await createProduct(database, { place, title: 'Oat loaf' })
    const { body, statusCode } = await get('/shop/bakery/rye/')
    expect(statusCode).toBe(200)
    expect(body).toContain('£4.20')
    expect(body).toContain('800 g loaf')
    expect(body).toContain('£5.25 per kg. The price includes 20% VAT.')
    expect(body).toContain('Oat loaf')
    expect(body).toContain('href="http://blog.localhost/shop/"')
    expect(body).toContain('href="/shop/bakery/?category&#x3D;bread"')
    const actions = [...body.matchAll(/<form[^>]*action="([^"]*)"/g)].map(([, action]) => action)
    expect(actions).toContain('/shop/bakery/rye/add')
    expect(actions.every((action) => action?.startsWith('/') && !action.startsWith('//'))).toBe(
      true,
    )
  })

  it('describes itself to machines, and what it says cannot break out of its block', async () => {
    await createProduct(database, {
      place,
      slug: 'odd',
      title: '</script><script>alert(1)</script>',
      pricePence: 1205,
    })
    const { body } = await get('/shop/bakery/odd/')
    const block = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)?.[1] ?? ''
    expect(JSON.parse(block)).toMatchObject({
      '@type': 'Product',
      name: '</script><script>alert(1)</script>',
      offers: { price: '12.05', priceCurrency: 'GBP' },
    })
    expect(body).not.toContain('<script>alert')
  })

  it('offers no form when it is sold out', async () => {
    const { slug } = await createProduct(database, { place, stock: 0 })
    const { body } = await get(`/shop/bakery/${slug}/`)
    expect(body).toContain('Sold out at the moment')
    expect(body).not.toContain('buy-box" method="post"')
  })

  it('is not there, or moved', async () => {
    expect((await get('/shop/bakery/nothing/')).statusCode).toBe(404)
    const moved = await get('/elsewhere/bakery/rye/')
    expect(moved.statusCode).toBe(301)
    expect(moved.headers.location).toBe('/shop/bakery/rye/')
  })
})

describe('adding to the cart', () => {
  it('goes back to the page and tells of it, with a link to the cart', async () => {
    const product = await createProduct(database, { place, title: 'Spelt loaf' })
    const path = `/shop/bakery/${product.slug}/`
    const answer = await add(path, { quantity: '2' })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe(path)

    const next = await get(path, cookiesOf(answer))
    expect(next.body).toContain('Added: 2 × Spelt loaf.')
    expect(next.body).toContain('<a href="http://cart.localhost/">View cart</a>')
    expect(next.cookies).toContainEqual(expect.objectContaining({ name: 'notices', value: '' }))
  })

  it('keeps one cart for one browser, and the member’s for a member', async () => {
    const product = await createProduct(database, { place })
    const path = `/shop/bakery/${product.slug}/`
    const first = await add(path, {})
    const second = await add(path, { quantity: '3', cookies: cookiesOf(first) })
    expect(second.cookies.map(({ name }) => name)).not.toContain('device')
    const deviceId = (cookiesOf(first)['device'] ?? '').split('.')[0]
    expect(await cart.lines({ deviceId })).toMatchObject([{ quantity: 4 }])

    const { user, cookies } = await market.signIn()
    await add(path, { quantity: '1', cookies })
    expect(await cart.lines({ userId: user.id })).toMatchObject([{ quantity: 1 }])
  })

  it('goes back to the list that it was sent from, but never to another site', async () => {
    const product = await createProduct(database, { place })
    const path = `/shop/bakery/${product.slug}/`
    for (const [referer, location] of [
      ['http://market.localhost/?q=rye', '/?q=rye'],
      ['http://market.localhost//elsewhere.example/', path],
      ['http://elsewhere.example/?q=rye', path],
      ['nonsense', path],
    ] as const) {
      const answer = await add(path, { referer })
      expect(answer.headers.location).toBe(location)
    }
  })

  it('says in plain words what cannot be', async () => {
    const product = await createProduct(database, { place, title: 'Bun', stock: 3 })
    const path = `/shop/bakery/${product.slug}/`
    for (const [quantity, words] of [
      ['4', 'Bun: there are only 3 left.'],
      ['0', 'Please choose a quantity from 1 to 999.'],
      ['many', 'Please choose a quantity from 1 to 999.'],
    ] as const) {
      const answer = await add(path, { quantity })
      expect(answer.statusCode).toBe(303)
      expect((await get(path, cookiesOf(answer))).body).toContain(words)
    }
  })

  it('is refused when the form stood on another site', async () => {
    const product = await createProduct(database, { place })
    const answer = await add(`/shop/bakery/${product.slug}/`, {
      origin: 'http://elsewhere.example',
    })
    expect(answer.statusCode).toBe(403)
    expect(answer.cookies).toEqual([])
  })

  it('of what we do not sell is not found', async () => {
    expect((await add('/shop/bakery/nothing/', {})).statusCode).toBe(404)
  })
})

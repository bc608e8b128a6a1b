import { randomUUID } from 'node:crypto'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { changeProduct, createProduct } from '@rose-ash/testing/factories/shop'
import { afterAll, describe, expect, it } from 'vitest'
import { createCartApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const app = await createTestApp({ app: 'cart', create: createCartApp, connection })
const { cart } = app.dependencies.services
afterAll(async () => {
  await app.close()
  await connection.close()
})

type Cookies = Record<string, string>

/** A member with a product in the cart. */
async function fillCart(product: Parameters<typeof createProduct>[1] = {}, quantity = 2) {
  const { user, cookies } = await app.signIn(`${randomUUID()}@example.org`)
  const { id } = await createProduct(database, product)
  const line = await cart.addItem({ userId: user.id }, { productId: id, quantity })
  return { userId: user.id, cookies, productId: id, lineId: line.id, path: line.product.path }
}

function get(url: string, cookies: Cookies = {}) {
  return app.app.inject({ url, cookies, headers: { accept: 'text/html' } })
}

function post(url: string, cookies: Cookies, fields: Record<string, string> = {}) {
  return app.app.inject({
    method: 'POST',
    url,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    payload: new URLSearchParams(fields).toString(),
  })
}

function noticesOf(answer: Awaited<ReturnType<typeof post>>): Cookies {
  return Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]))
}

describe('the cart', () => {
  it('is empty for a new visitor, shows the way to the market, and keeps nothing of them', async () => {
    const { body, cookies, statusCode } = await get('/')
    expect(statusCode).toBe(200)
    expect(body).toContain('Your cart is empty')
    expect(body).toContain('href="http://market.localhost/"')
    expect(cookies).toEqual([])
  })

  it('shows lines, the total and the VAT within it, and links products in the market', async () => {
    const { userId, cookies, path } = await fillCart({ pricePence: 300, vatRate: 20 })
    const bread = await createProduct(database, { title: 'Rye loaf', pricePence: 420 })
    await cart.addItem({ userId }, { productId: bread.id, quantity: 1 })
    const { body } = await get('/', cookies)
    expect(body).toContain(`href="http://market.localhost${path}"`)
    expect(body).toContain('<dd class="totals-sum">£10.20</dd>')
    expect(body).toContain('<dt>VAT at 0% on £4.20</dt><dd>£0.00</dd>')
    expect(body).toContain('<dt>VAT at 20% on £6.00</dt><dd>£1.00</dd>')
    expect(body).not.toMatch(/check ?out/i)
  })

  it('sends its forms to itself only', async () => {
    const { cookies } = await fillCart()
    const { body } = await get('/', cookies)
    const actions = [...body.matchAll(/<form[^>]*action="([^"]*)"/g)].map(([, action]) => action)
    expect(actions.length).toBeGreaterThan(1)
    expect(actions.every((action) => /^\/(items|auth)\//.test(action ?? ''))).toBe(true)
  })
})

describe('a line', () => {
  it('takes another quantity', async () => {
    const { userId, cookies, lineId } = await fillCart()
    const answer = await post(`/items/${lineId}`, cookies, { quantity: '5' })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(await cart.lines({ userId })).toMatchObject([{ quantity: 5 }])
  })

  it('says in plain words when there is not enough, and stays as it was', async () => {
    const { userId, cookies, lineId } = await fillCart({ title: 'Bun', stock: 3 })
    for (const [quantity, words] of [
      ['4', 'Bun: there are only 3 left.'],
      ['-1', 'Please choose a quantity from 0 to 999.'],
      ['', 'Please choose a quantity from 0 to 999.'],
      ['many', 'Please choose a quantity from 0 to 999.'],
    ] as const) {
      const answer = await post(`/items/${lineId}`, cookies, { quantity })
      expect(answer.statusCode).toBe(303)
      expect((await get('/', { ...cookies, ...noticesOf(answer) })).body).toContain(words)
      expect(await cart.lines({ userId })).toMatchObject([{ quantity: 2 }])
    }
  })

  it('can be taken out and put back, by forms alone', async () => {
    const { userId, cookies, lineId } = await fillCart({ title: 'Bun' })
    const removed = await post(`/items/${lineId}/remove`, cookies)
    expect(removed.statusCode).toBe(303)
    const page = await get(String(removed.headers.location), cookies)
    expect(page.body).toContain('Bun is out of your cart.')
    expect(page.body).toContain(`action="/items/${lineId}/restore"`)
    expect(page.body).toContain('Your cart is empty')

    await post(`/items/${lineId}/restore`, cookies)
    expect(await cart.lines({ userId })).toMatchObject([{ id: lineId, quantity: 2 }])
    // The same address once more, by the browser's back button: nothing to put back.
    expect((await get(String(removed.headers.location), cookies)).body).not.toContain('Put it back')
  })

  it('of somebody else is not there', async () => {
    const { userId, lineId } = await fillCart()
    const stranger = await app.signIn('stranger@example.org')
    for (const [url, cookies] of [
      [`/items/${lineId}`, stranger.cookies],
      [`/items/${lineId}/remove`, stranger.cookies],
      [`/items/${lineId}/restore`, stranger.cookies],
      [`/items/${lineId}/remove`, {}],
      ['/items/nonsense/remove', stranger.cookies],
    ] as const) {
      expect((await post(url, cookies, { quantity: '9' })).statusCode).toBe(404)
    }
    expect((await get(`/?removed=${lineId}`, stranger.cookies)).statusCode).toBe(200)
    expect(await cart.lines({ userId })).toMatchObject([{ quantity: 2 }])
  })

  it('says what has changed since it was put in', async () => {
    const { cookies, productId } = await fillCart({ pricePence: 420, stock: 5 }, 4)
    await changeProduct(database, productId, { pricePence: 450, stock: 1 })
    const { body } = await get('/', cookies)
    expect(body).toContain('The price was £4.20 when you added it, and is £4.50 now.')
    expect(body).toContain('You wanted 4; there is only 1 left.')
    expect(body).toContain('<dd class="totals-sum">£4.50</dd>')

    await changeProduct(database, productId, { stock: 0 })
    expect((await get('/', cookies)).body).toContain('Sold out since you added it.')
  })

  it('of a product that is gone is told of, and can be let go', async () => {
    const { cookies, productId } = await fillCart()
    await changeProduct(database, productId, { deletedAt: new Date() })
    expect((await get('/', cookies)).body).toContain('1 thing is no longer on sale')
    await post('/items/gone/remove', cookies)
    expect((await get('/', cookies)).body).not.toContain('no longer on sale')
  })
})

import { randomUUID } from 'node:crypto'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createProduct } from '@rose-ash/testing/factories/shop'
import { afterAll, expect, it } from 'vitest'
import { createCartApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const app = await createTestApp({ app: 'cart', create: createCartApp, connection })
const { cart } = app.dependencies.services
afterAll(async () => {
  await app.close()
  await connection.close()
})

/** What a screen reader says. */
function nameOf(html: string | undefined): string | undefined {
  return /class="visually-hidden">([^<]*)</.exec(html ?? '')?.[1]
}

it('cart-mini counts the pieces of a member or a device, and says so to all', async () => {
  const product = await createProduct(database)
  const visitors = [{ userId: randomUUID() }, { deviceId: randomUUID() }]
  for (const [index, visitor] of visitors.entries()) {
    await cart.addItem(visitor, { productId: product.id, quantity: index + 1 })
  }
  const answers = await app.fragments(
    { type: 'cart-mini', parameters: { userId: visitors[0]?.userId ?? '' } },
    { type: 'cart-mini', parameters: { deviceId: visitors[1]?.deviceId ?? '' } },
    { type: 'cart-mini' },
  )
  expect(answers.map(nameOf)).toEqual(['Cart, 1 item', 'Cart, 2 items', 'Cart, empty'])
  for (const html of answers) expect(html).toContain('href="http://cart.localhost/"')
})

it('cart-mini carries the platform’s mark while the cart is empty', async () => {
  const [html] = await app.fragments({ type: 'cart-mini' })
  expect(html).toContain('class="mark cart-mini-mark"')
})

it('account-nav-item leads to the cart, for members', async () => {
  const answers = await app.fragments(
    { type: 'account-nav-item', parameters: { userId: randomUUID() } },
    { type: 'account-nav-item' },
  )
  expect(answers[0]).toContain('href="http://cart.localhost/"')
  expect(answers[1]).toBe('')
})

it('what is unknown or does not fit is nothing', async () => {
  expect(
    await app.fragments({ type: 'cart-mini', parameters: { userId: 'x' } }, { type: 'link-card' }),
  ).toEqual(['', ''])
})

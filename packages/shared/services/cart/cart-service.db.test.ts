import { randomUUID } from 'node:crypto'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createProduct } from '@rose-ash/testing/factories/shop'
import { eq } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { ConflictError, InvalidInputError, NotFoundError } from '../../contracts/errors.ts'
import { posts } from '../../models/blog.ts'
import { cartItems } from '../../models/cart.ts'
import { products } from '../../models/market.ts'
import { createTestCart } from './test-cart.ts'

const connection = await createTestDatabase({ poolSize: 30 })
const { database } = connection
const { cart, invalidatedTags } = createTestCart(database)
afterAll(() => connection.close())

const aDevice = () => ({ deviceId: randomUUID() })
const aMember = () => ({ userId: randomUUID() })

describe('adding', () => {
  it('adds to what is there, for a device and for a member alike', async () => {
    for (const visitor of [aDevice(), aMember()]) {
      const product = await createProduct(database, { pricePence: 420 })
      await cart.addItem(visitor, { productId: product.id, quantity: 2 })
      const line = await cart.addItem(visitor, { productId: product.id, quantity: 1 })
      expect(line).toMatchObject({ quantity: 3, totalPence: 1260 })
      expect(await cart.summary(visitor)).toEqual({
        itemCount: 3,
        totalPence: 1260,
        currency: 'GBP',
      })
    }
  })

  it('lets exactly five of twenty at once into a cart when there are five', async () => {
    for (let round = 0; round < 5; round++) {
      const product = await createProduct(database, { stock: 5 })
      const visitor = round % 2 === 0 ? aDevice() : aMember()
      const attempts = await Promise.allSettled(
        Array.from({ length: 20 }, () =>
          cart.addItem(visitor, { productId: product.id, quantity: 1 }),
        ),
      )
      const failed = attempts.filter((attempt) => attempt.status === 'rejected')
      expect(failed).toHaveLength(15)
      expect(failed.every(({ reason }) => reason instanceof ConflictError)).toBe(true)
      expect(await cart.lines(visitor)).toMatchObject([{ quantity: 5 }])
    }
  })

  it('loses nothing of twenty at once when there is enough', async () => {
    const product = await createProduct(database)
    const visitor = aDevice()
    await Promise.all(
      Array.from({ length: 20 }, () =>
        cart.addItem(visitor, { productId: product.id, quantity: 3 }),
      ),
    )
    expect(await cart.lines(visitor)).toMatchObject([{ quantity: 60 }])
  })

  it('says in plain words how many there are', async () => {
    const product = await createProduct(database, { title: 'Rye loaf', stock: 5 })
    const visitor = aDevice()
    await cart.addItem(visitor, { productId: product.id, quantity: 4 })
    const add = (quantity: number) => cart.addItem(visitor, { productId: product.id, quantity })

    await expect(add(2)).rejects.toThrow(
      'Rye loaf: there are only 5 left, and your cart holds 4 already.',
    )
    await expect(add(6)).rejects.toThrow('Rye loaf: there are only 5 left.')
    await database.update(products).set({ stock: 0 }).where(eq(products.id, product.id))
    await expect(add(1)).rejects.toThrow('Rye loaf: sold out at the moment.')
  })

  it('refuses what is not a quantity, is not on sale, or is too many', async () => {
    const product = await createProduct(database)
    const gone = await createProduct(database, { deletedAt: new Date() })
    const visitor = aDevice()
    for (const quantity of [0, -1, 1.5, 1000, Number.NaN]) {
      await expect(cart.addItem(visitor, { productId: product.id, quantity })).rejects.toThrow(
        InvalidInputError,
      )
    }
    for (const productId of [gone.id, randomUUID()]) {
      await expect(cart.addItem(visitor, { productId, quantity: 1 })).rejects.toThrow(NotFoundError)
    }
    await cart.addItem(visitor, { productId: product.id, quantity: 999 })
    await expect(cart.addItem(visitor, { productId: product.id, quantity: 1 })).rejects.toThrow(
      ConflictError,
    )
    expect(await cart.lines(visitor)).toMatchObject([{ quantity: 999 }])
  })

  it('makes the visitor’s fragments forget what they showed', async () => {
    const product = await createProduct(database)
    const { deviceId } = aDevice()
    await cart.addItem({ deviceId }, { productId: product.id, quantity: 1 })
    expect(invalidatedTags).toContain(`visitor:device:${deviceId}`)
  })
})

describe('changing', () => {
  it('sets a quantity up to what there is', async () => {
    const product = await createProduct(database, { stock: 5 })
    const visitor = aMember()
    const { id } = await cart.addItem(visitor, { productId: product.id, quantity: 1 })
    await cart.setQuantity(visitor, { id, quantity: 5 })
    await expect(cart.setQuantity(visitor, { id, quantity: 6 })).rejects.toThrow(ConflictError)
    expect(await cart.lines(visitor)).toMatchObject([{ quantity: 5 }])
  })

  it('does not reach another’s line', async () => {
    const product = await createProduct(database)
    const owner = aDevice()
    const { id } = await cart.addItem(owner, { productId: product.id, quantity: 1 })
    for (const stranger of [aDevice(), aMember()]) {
      await expect(cart.setQuantity(stranger, { id, quantity: 9 })).rejects.toThrow(NotFoundError)
      await expect(cart.setQuantity(stranger, { id, quantity: 0 })).rejects.toThrow(NotFoundError)
      await expect(cart.restoreItem(stranger, id)).rejects.toThrow(NotFoundError)
      expect(await cart.findRemovedItem(stranger, id)).toBeUndefined()
    }
    expect(await cart.lines(owner)).toMatchObject([{ quantity: 1 }])
  })

  it('to nothing takes the line out, and it can be put back as it was', async () => {
    const [first, second] = [await createProduct(database), await createProduct(database)]
    const visitor = aDevice()
    const { id } = await cart.addItem(visitor, { productId: first.id, quantity: 3 })
    await cart.addItem(visitor, { productId: second.id, quantity: 1 })

    await cart.setQuantity(visitor, { id, quantity: 0 })
    await cart.setQuantity(visitor, { id, quantity: 0 })
    expect(await cart.lines(visitor)).toMatchObject([{ product: { id: second.id } }])
    expect(await cart.findRemovedItem(visitor, id)).toEqual({ id, title: 'Seeded loaf' })

    await cart.restoreItem(visitor, id)
    await cart.restoreItem(visitor, id)
    expect(await cart.lines(visitor)).toMatchObject([
      { id, quantity: 3, product: { id: first.id } },
      { quantity: 1, product: { id: second.id } },
    ])
    expect(await cart.findRemovedItem(visitor, id)).toBeUndefined()
  })

  it('keeps the larger quantity when a line is put back beside a new one', async () => {
    const product = await createProduct(database)
    const visitor = aDevice()
    const { id } = await cart.addItem(visitor, { productId: product.id, quantity: 3 })
    await cart.setQuantity(visitor, { id, quantity: 0 })
    await cart.addItem(visitor, { productId: product.id, quantity: 1 })
    await cart.restoreItem(visitor, id)
    expect(await cart.lines(visitor)).toMatchObject([{ quantity: 3 }])
  })

  it('leaves one removed line of a product behind at most', async () => {
    const product = await createProduct(database)
    const { deviceId } = aDevice()
    for (let round = 0; round < 4; round++) {
      const { id } = await cart.addItem({ deviceId }, { productId: product.id, quantity: 1 })
      await cart.setQuantity({ deviceId }, { id, quantity: 0 })
    }
    const rows = await database.select().from(cartItems).where(eq(cartItems.deviceId, deviceId))
    expect(rows).toHaveLength(1)
  })
})

describe('what has changed since', () => {
  it('is told of the price until the buyer chooses again', async () => {
    const product = await createProduct(database, { pricePence: 420 })
    const visitor = aDevice()
    const { id } = await cart.addItem(visitor, { productId: product.id, quantity: 2 })
    await database.update(products).set({ pricePence: 450 }).where(eq(products.id, product.id))
    expect(await cart.lines(visitor)).toMatchObject([{ previousPricePence: 420, totalPence: 900 }])
    await cart.setQuantity(visitor, { id, quantity: 1 })
    expect(await cart.lines(visitor)).toMatchObject([{ previousPricePence: null, totalPence: 450 }])
  })

  it('is told of the stock, and only what can be had is counted', async () => {
    const product = await createProduct(database, { pricePence: 100, stock: 5 })
    const visitor = aDevice()
    await cart.addItem(visitor, { productId: product.id, quantity: 5 })
    for (const stock of [2, 0]) {
      await database.update(products).set({ stock }).where(eq(products.id, product.id))
      expect(await cart.contents(visitor)).toMatchObject({
        lines: [{ quantity: stock, wantedQuantity: 5 }],
        itemCount: stock,
        totalPence: 100 * stock,
      })
    }
  })

  it('is told of products that are gone, until the buyer lets them go', async () => {
    const [there, gone] = [await createProduct(database), await createProduct(database)]
    const hidden = await createProduct(database)
    const visitor = aDevice()
    for (const { id } of [there, gone, hidden]) {
      await cart.addItem(visitor, { productId: id, quantity: 1 })
    }
    await database.update(products).set({ deletedAt: new Date() }).where(eq(products.id, gone.id))
    await database.update(posts).set({ status: 'draft' }).where(eq(posts.id, hidden.place.page.id))

    expect(await cart.contents(visitor)).toMatchObject({
      goneCount: 2,
      itemCount: 1,
      lines: [{ product: { id: there.id } }],
    })
    await cart.removeGoneItems(visitor)
    expect(await cart.contents(visitor)).toMatchObject({ goneCount: 0, itemCount: 1 })
  })
})

it('shows nothing to a visitor nothing is kept of', async () => {
  expect(await cart.contents({})).toEqual({
    lines: [],
    itemCount: 0,
    totalPence: 0,
    currency: 'GBP',
    vat: [],
    goneCount: 0,
  })
})

import { randomUUID } from 'node:crypto'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createMarketPlace, createProduct } from '@rose-ash/testing/factories/shop'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Visitor } from '../../contracts/visitor.ts'
import { emitActivity } from '../../events/emit-activity.ts'
import { createAdoptCart } from '../../events/handlers/adopt-cart.ts'
import { cartItems } from '../../models/cart.ts'
import { products } from '../../models/market.ts'
import { createTestCart } from './test-cart.ts'

const connection = await createTestDatabase({ poolSize: 20 })
const { database } = connection
const { cart, invalidatedTags } = createTestCart(database)
afterAll(() => connection.close())

const place = await createMarketPlace(database)
const wares = await Promise.all(
  ['rye', 'oat', 'spelt', 'barley'].map((slug) => createProduct(database, { place, slug })),
)

/** Quantities by the position of the product in `wares`; 0 for none. */
type Quantities = readonly number[]

async function fill(visitor: Visitor, quantities: Quantities): Promise<void> {
  for (const [index, ware] of wares.entries()) {
    const quantity = quantities[index] ?? 0
    if (quantity > 0) await cart.addItem(visitor, { productId: ware.id, quantity })
  }
}

async function quantitiesOf(visitor: Visitor): Promise<Quantities> {
  const lines = await cart.lines(visitor)
  return wares.map((ware) => lines.find((line) => line.product.id === ware.id)?.quantity ?? 0)
}

const anyQuantities = fc.array(fc.integer({ min: 0, max: 6 }), {
  minLength: wares.length,
  maxLength: wares.length,
})

describe('adoption', () => {
  it('keeps the larger quantity of each product, however often it is done', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuantities, anyQuantities, async (onDevice, before) => {
        const deviceId = randomUUID()
        const member = { userId: randomUUID() }
        await fill({ deviceId }, onDevice)
        await fill(member, before)

        await cart.adopt({ deviceId }, member)
        const larger = wares.map((_, index) => Math.max(onDevice[index] ?? 0, before[index] ?? 0))
        expect(await quantitiesOf(member)).toEqual(larger)
        expect(await quantitiesOf({ deviceId })).toEqual([0, 0, 0, 0])

        await cart.adopt({ deviceId }, member)
        expect(await quantitiesOf(member)).toEqual(larger)
      }),
      { numRuns: 25 },
    )
  })

  it('of two devices comes to the same in either order', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuantities, anyQuantities, async (one, other) => {
        const results: Quantities[] = []
        for (const order of [
          [one, other],
          [other, one],
        ] as const) {
          const member = { userId: randomUUID() }
          for (const quantities of order) {
            const deviceId = randomUUID()
            await fill({ deviceId }, quantities)
            await cart.adopt({ deviceId }, member)
          }
          results.push(await quantitiesOf(member))
        }
        expect(results[0]).toEqual(results[1])
      }),
      { numRuns: 10 },
    )
  })

  it('of many devices at once loses nothing and nobody waits for ever', async () => {
    const member = { userId: randomUUID() }
    const devices = Array.from({ length: 12 }, () => ({ deviceId: randomUUID() }))
    await Promise.all(devices.map((device, index) => fill(device, [index + 1, 1, 12 - index, 2])))
    await Promise.all(devices.map((device) => cart.adopt(device, member)))
    expect(await quantitiesOf(member)).toEqual([12, 1, 12, 2])
  })

  it('moves to another device too, and to the same one changes nothing', async () => {
    const [from, to] = [{ deviceId: randomUUID() }, { deviceId: randomUUID() }]
    await fill(from, [1, 2, 0, 0])
    await fill(to, [3, 0, 0, 1])
    await cart.adopt(from, to)
    expect(await quantitiesOf(to)).toEqual([3, 2, 0, 1])
    await cart.adopt(to, to)
    expect(await quantitiesOf(to)).toEqual([3, 2, 0, 1])
  })

  it('shows no more than there is', async () => {
    const scarce = await createProduct(database, { place, stock: 5 })
    const deviceId = randomUUID()
    const member = { userId: randomUUID() }
    await cart.addItem({ deviceId }, { productId: scarce.id, quantity: 5 })
    await database.update(products).set({ stock: 3 }).where(eq(products.id, scarce.id))
    await cart.adopt({ deviceId }, member)
    expect(await cart.lines(member)).toMatchObject([{ quantity: 3, wantedQuantity: 5 }])
  })

  it('takes along what was taken out, so that it can still be put back', async () => {
    const deviceId = randomUUID()
    const member = { userId: randomUUID() }
    await fill({ deviceId }, [2, 0, 0, 0])
    const [line] = await cart.lines({ deviceId })
    await cart.setQuantity({ deviceId }, { id: line?.id ?? '', quantity: 0 })
    await cart.adopt({ deviceId }, member)
    await cart.restoreItem(member, line?.id ?? '')
    expect(await quantitiesOf(member)).toEqual([2, 0, 0, 0])
  })
})

describe('on signing in', () => {
  const invalidated: string[] = []
  const adoptCart = createAdoptCart({
    invalidateTags: async (tags) => {
      invalidated.push(...tags)
    },
  })

  it('the device’s cart becomes the member’s, once or twice told', async () => {
    const [userId, deviceId] = [randomUUID(), randomUUID()]
    await fill({ deviceId }, [1, 0, 4, 0])
    for (let time = 0; time < 2; time++) {
      await database.transaction(async (transaction) => {
        const payload = { userId, deviceId, app: 'blog' } as const
        const activityId = await emitActivity(transaction, {
          type: 'SignIn',
          originApp: 'blog',
          actorUserId: userId,
          objectType: 'Person',
          objectId: userId,
          payload,
        })
        await adoptCart(transaction, {
          type: 'SignIn',
          visibility: 'internal',
          originApp: 'blog',
          actorUserId: userId,
          objectType: 'Person',
          objectId: userId,
          payload,
          activityId,
          createdAt: new Date(),
        })
      })
    }
    expect(await quantitiesOf({ userId })).toEqual([1, 0, 4, 0])
    expect(invalidated).toEqual(
      expect.arrayContaining([`visitor:user:${userId}`, `visitor:device:${deviceId}`]),
    )
  })

  it('nothing has moved when the transaction is rolled back', async () => {
    const [userId, deviceId] = [randomUUID(), randomUUID()]
    await fill({ deviceId }, [1, 0, 0, 0])
    const rows = () => database.select().from(cartItems).where(eq(cartItems.deviceId, deviceId))
    await expect(
      database.transaction(async (transaction) => {
        await adoptCart(transaction, {
          type: 'SignIn',
          visibility: 'internal',
          originApp: 'blog',
          actorUserId: userId,
          objectType: 'Person',
          objectId: userId,
          payload: { userId, deviceId, app: 'blog' },
          activityId: randomUUID(),
          createdAt: new Date(),
        })
        throw new Error('the power went')
      }),
    ).rejects.toThrow('the power went')
    expect(await rows()).toHaveLength(1)
    expect(await quantitiesOf({ userId })).toEqual([0, 0, 0, 0])
  })
})

it('makes both sides’ fragments forget what they showed', async () => {
  const [userId, deviceId] = [randomUUID(), randomUUID()]
  await cart.adopt({ deviceId }, { userId })
  expect(invalidatedTags).toEqual(
    expect.arrayContaining([`visitor:user:${userId}`, `visitor:device:${deviceId}`]),
  )
})

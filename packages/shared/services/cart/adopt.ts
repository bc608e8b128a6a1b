import { and, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Visitor } from '../../contracts/visitor.ts'
import { cartItems } from '../../models/cart.ts'
import type { Transaction } from '../../models/database.ts'
import { isOwnedBy, oneLineAProduct, type Owner, ownerOf } from './owner.ts'

/**
 * Moves a device's lines. Of a product on both sides the larger quantity stays (a sum would double
 * when it is done twice), and with it the other side's line: its id, its place and its price.
 */
export async function adoptItems(
  transaction: Transaction,
  from: { readonly deviceId: string },
  to: Visitor,
): Promise<void> {
  const source: Owner = { userId: null, deviceId: from.deviceId }
  const target = ownerOf(to)
  if (!target || target.deviceId === from.deviceId) return

  // What had been taken out can be put back afterwards too.
  await transaction
    .update(cartItems)
    .set(target)
    .where(and(isOwnedBy(source), isNotNull(cartItems.deletedAt)))
  const moved = await transaction
    .delete(cartItems)
    .where(and(isOwnedBy(source), isNull(cartItems.deletedAt)))
    .returning()
  await putInto(transaction, target, moved)
}

/** Lines without a place of their own, such as deleted ones, become the owner's. */
export async function putInto(
  transaction: Transaction,
  owner: Owner,
  rows: readonly (typeof cartItems.$inferSelect)[],
): Promise<void> {
  if (rows.length === 0) return
  await transaction
    .insert(cartItems)
    .values(
      rows
        // In one order everywhere, so that two who do this at once do not wait for each other.
        .toSorted((left, right) => (left.productId < right.productId ? -1 : 1))
        .map((row) => ({ ...row, ...owner, deletedAt: null, updatedAt: sql`now()` })),
    )
    .onConflictDoUpdate({
      ...oneLineAProduct(owner),
      set: {
        quantity: sql`greatest(${cartItems.quantity}, excluded.quantity)`,
        updatedAt: sql`now()`,
      },
    })
}

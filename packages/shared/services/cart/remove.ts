import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { NotFoundError } from '../../contracts/errors.ts'
import { cartItems } from '../../models/cart.ts'
import type { Transaction } from '../../models/database.ts'
import { isOwnedBy, type Owner } from './owner.ts'

/**
 * Takes a line out so that it can be put back; doing it twice changes nothing. Only the last one of
 * each product is kept, so what has been taken out does not pile up. Throws NotFoundError when the
 * line is not this owner's.
 */
export async function removeLine(
  transaction: Transaction,
  owner: Owner,
  id: string,
): Promise<void> {
  const [line] = await transaction
    .select({ productId: cartItems.productId, deletedAt: cartItems.deletedAt })
    .from(cartItems)
    .where(and(eq(cartItems.id, id), isOwnedBy(owner)))
    .for('update')
  if (!line) throw new NotFoundError('This is no longer in your cart.')
  if (line.deletedAt) return
  await transaction
    .delete(cartItems)
    .where(
      and(
        isOwnedBy(owner),
        eq(cartItems.productId, line.productId),
        isNotNull(cartItems.deletedAt),
      ),
    )
  await transaction
    .update(cartItems)
    .set({ deletedAt: sql`now()`, updatedAt: sql`now()` })
    .where(eq(cartItems.id, id))
}

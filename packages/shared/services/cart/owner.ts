import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Visitor } from '../../contracts/visitor.ts'
import { cartItems } from '../../models/cart.ts'

/** Whose lines: a member's, or those of a device that nobody has signed in on. */
export type Owner =
  | { readonly userId: string; readonly deviceId: null }
  | { readonly userId: null; readonly deviceId: string }

export function ownerOf(visitor: Visitor): Owner | undefined {
  if (visitor.userId) return { userId: visitor.userId, deviceId: null }
  return visitor.deviceId ? { userId: null, deviceId: visitor.deviceId } : undefined
}

export function isOwnedBy(owner: Owner): SQL | undefined {
  return owner.userId === null
    ? and(eq(cartItems.deviceId, owner.deviceId), isNull(cartItems.userId))
    : eq(cartItems.userId, owner.userId)
}

/** What `on conflict` goes by. */
interface ConflictTarget {
  readonly target: PgColumn[]
  readonly targetWhere: SQL
}

/** An owner has one line a product at most, which two unique indexes see to. */
export function oneLineAProduct(owner: Owner): ConflictTarget {
  return owner.userId === null
    ? {
        target: [cartItems.deviceId, cartItems.productId],
        targetWhere: sql`user_id is null and deleted_at is null`,
      }
    : {
        target: [cartItems.userId, cartItems.productId],
        targetWhere: sql`user_id is not null and deleted_at is null`,
      }
}

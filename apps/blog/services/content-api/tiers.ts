import { and, count, eq, type SQL } from 'drizzle-orm'
import { tiers } from '../../models/index.ts'
import { describeTier } from './describe-tier.ts'
import { flagField, idField, numberField, textField } from './filter-fields.ts'
import { readOrder } from './order.ts'
import { hasPublicId } from './public-id.ts'
import type { ContentSource, Resource } from './resource.ts'

/** What one can be a member of, as far as it is on offer. */
export function createTierResource(source: ContentSource): Resource {
  const { database } = source
  const offered = (where: SQL | undefined) => and(eq(tiers.isActive, true), where)
  return {
    name: 'tiers',
    singular: 'tier',
    filterFields: {
      id: idField(tiers),
      slug: textField(tiers.slug),
      name: textField(tiers.name),
      type: textField(tiers.type),
      visibility: textField(tiers.visibility),
      active: flagField(tiers.isActive),
      currency: textField(tiers.currency),
      monthly_price: numberField(tiers.monthlyPrice),
      yearly_price: numberField(tiers.yearlyPrice),
    },
    orderBy: (order) =>
      readOrder(order, {
        fields: orderFields,
        usual: 'type, monthly_price, created_at',
        id: tiers.id,
      }),
    isCalled: (by, name) => (by === 'id' ? hasPublicId(tiers, [name]) : eq(tiers.slug, name)),
    async count(where) {
      const [row] = await database.select({ value: count() }).from(tiers).where(offered(where))
      return row?.value ?? 0
    },
    async read({ where, orderBy, limit, offset }) {
      const rows = await database
        .select()
        .from(tiers)
        .where(offered(where))
        .orderBy(...orderBy)
        .limit(limit)
        .offset(offset)
      return rows.map((row) => describeTier(row, source))
    },
  }
}

const orderFields = {
  id: tiers.id,
  type: tiers.type,
  name: tiers.name,
  slug: tiers.slug,
  monthly_price: tiers.monthlyPrice,
  yearly_price: tiers.yearlyPrice,
  created_at: tiers.createdAt,
  updated_at: tiers.updatedAt,
}

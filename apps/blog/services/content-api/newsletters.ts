import { and, count, eq, type SQL, sql } from 'drizzle-orm'
import { newsletters } from '../../models/index.ts'
import { writeUtc } from './dates.ts'
import { flagField, idField, textField } from './filter-fields.ts'
import { readOrder } from './order.ts'
import { hasPublicId, publicIdOf } from './public-id.ts'
import type { ContentSource, Resource } from './resource.ts'

/** Those that one can get. */
export function createNewsletterResource({ database }: ContentSource): Resource {
  const active = (where: SQL | undefined) => and(eq(newsletters.isActive, true), where)
  return {
    name: 'newsletters',
    singular: 'newsletter',
    filterFields: {
      id: idField(newsletters),
      slug: textField(newsletters.slug),
      name: textField(newsletters.name),
      // The same of all that can be found here.
      status: textField(sql`'active'::text`),
      subscribe_on_signup: flagField(newsletters.subscribesOnSignUp),
    },
    orderBy: (order) =>
      readOrder(order, {
        fields: orderFields,
        usual: 'sort_order, created_at',
        id: newsletters.id,
      }),
    isCalled: (by, name) =>
      by === 'id' ? hasPublicId(newsletters, [name]) : eq(newsletters.slug, name),
    async count(where) {
      const counted = database.select({ value: count() }).from(newsletters)
      const [row] = await counted.where(active(where))
      return row?.value ?? 0
    },
    async read({ where, orderBy, limit, offset }) {
      const rows = await database
        .select({ ...columns, uuid: sql<string | null>`${newsletters.sourceExtra}->>'uuid'` })
        .from(newsletters)
        .where(active(where))
        .orderBy(...orderBy)
        .limit(limit)
        .offset(offset)
      return rows.map((row) => ({
        id: publicIdOf(row),
        uuid: row.uuid ?? row.id,
        name: row.name,
        description: row.description,
        slug: row.slug,
        // The platform has one address that it writes from.
        sender_email: null,
        subscribe_on_signup: row.subscribesOnSignUp,
        visibility: 'members',
        sort_order: row.sortOrder,
        created_at: writeUtc(row.createdAt),
        updated_at: writeUtc(row.updatedAt),
      }))
    },
  }
}

const columns = {
  id: newsletters.id,
  sourceId: newsletters.sourceId,
  slug: newsletters.slug,
  name: newsletters.name,
  description: newsletters.description,
  subscribesOnSignUp: newsletters.subscribesOnSignUp,
  sortOrder: newsletters.sortOrder,
  createdAt: newsletters.createdAt,
  updatedAt: newsletters.updatedAt,
}

const orderFields = {
  name: newsletters.name,
  slug: newsletters.slug,
  sort_order: newsletters.sortOrder,
  created_at: newsletters.createdAt,
}

import { count, eq, sql } from 'drizzle-orm'
import { tags } from '../../models/index.ts'
import { tagColumns } from './columns.ts'
import { describeTag } from './describe-tag.ts'
import { idField, instantField, textField } from './filter-fields.ts'
import { readOrder } from './order.ts'
import { hasPublicId } from './public-id.ts'
import { countOrder, postCount, postCounts } from './public-posts.ts'
import type { ContentSource, Resource } from './resource.ts'

/** All tags, internal ones too: front ends go by them. */
export function createTagResource(source: ContentSource): Resource {
  const { database } = source
  return {
    name: 'tags',
    singular: 'tag',
    filterFields: {
      id: idField(tags),
      slug: textField(tags.slug),
      name: textField(tags.name),
      description: textField(tags.description),
      feature_image: textField(tags.featureImage),
      visibility: textField(tags.visibility),
      accent_color: textField(tags.accentColor),
      created_at: instantField(tags.createdAt),
      updated_at: instantField(tags.updatedAt),
    },
    orderBy: (order) => readOrder(order, { fields: orderFields, usual: 'name', id: tags.id }),
    isCalled: (by, name) => (by === 'id' ? hasPublicId(tags, [name]) : eq(tags.slug, name)),
    async count(where) {
      const [row] = await database.select({ value: count() }).from(tags).where(where)
      return row?.value ?? 0
    },
    async read({ where, orderBy, limit, offset }, { include, order }) {
      const counted = include.has('count.posts') || order?.includes('count.posts')
      const rows = await database
        .select({ ...tagColumns, postCount })
        .from(tags)
        .leftJoin(postCounts('tag'), counted ? sql`counts.owner_id = ${tags.id}` : sql`false`)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit)
        .offset(offset)
      return rows.map(({ postCount, ...row }) =>
        describeTag(
          include.has('count.posts') ? { ...row, postCount: postCount ?? 0 } : row,
          source,
        ),
      )
    },
  }
}

const orderFields = {
  id: tags.id,
  name: tags.name,
  slug: tags.slug,
  visibility: tags.visibility,
  created_at: tags.createdAt,
  updated_at: tags.updatedAt,
  'count.posts': countOrder,
}

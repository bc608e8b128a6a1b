import { and, count, eq, sql } from 'drizzle-orm'
import { authors } from '../../models/index.ts'
import { authorColumns } from './columns.ts'
import { describeAuthor } from './describe-author.ts'
import { idField, textField } from './filter-fields.ts'
import { readOrder } from './order.ts'
import { hasPublicId } from './public-id.ts'
import { countOrder, postCount, postCounts, hasWritten } from './public-posts.ts'
import type { ContentSource, Resource } from './resource.ts'

/** Those who have written something that everybody may know of. */
export function createAuthorResource(source: ContentSource): Resource {
  const { database } = source
  const isPublic = hasWritten(authors.id)
  return {
    name: 'authors',
    singular: 'author',
    filterFields: {
      id: idField(authors),
      slug: textField(authors.slug),
      name: textField(authors.name),
      bio: textField(authors.bio),
      location: textField(authors.location),
      website: textField(authors.website),
      profile_image: textField(authors.profileImage),
      cover_image: textField(authors.coverImage),
    },
    orderBy: (order) => readOrder(order, { fields: orderFields, usual: 'name', id: authors.id }),
    isCalled: (by, name) => (by === 'id' ? hasPublicId(authors, [name]) : eq(authors.slug, name)),
    async count(where) {
      const counted = database.select({ value: count() }).from(authors)
      const [row] = await counted.where(and(isPublic, where))
      return row?.value ?? 0
    },
    async read({ where, orderBy, limit, offset }, { include, order }) {
      const counted = include.has('count.posts') || order?.includes('count.posts')
      const rows = await database
        .select({ ...authorColumns, postCount })
        .from(authors)
        .leftJoin(postCounts('author'), counted ? sql`counts.owner_id = ${authors.id}` : sql`false`)
        .where(and(isPublic, where))
        .orderBy(...orderBy)
        .limit(limit)
        .offset(offset)
      return rows.map(({ postCount, ...row }) =>
        describeAuthor(
          include.has('count.posts') ? { ...row, postCount: postCount ?? 0 } : row,
          source,
        ),
      )
    },
  }
}

const orderFields = {
  id: authors.id,
  name: authors.name,
  slug: authors.slug,
  'count.posts': countOrder,
}

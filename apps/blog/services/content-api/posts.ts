import { and, count, eq, inArray, sql } from 'drizzle-orm'
import { type Database, posts } from '../../models/index.ts'
import { describePost, type PostRow, wants } from './describe-post.ts'
import { readOrder } from './order.ts'
import { postFilterFields } from './post-filters.ts'
import { readRelations } from './post-relations.ts'
import { hasPublicId } from './public-id.ts'
import { isPublished, type Kind } from './public-posts.ts'
import type { ContentSource, Resource, Selection, Wanted } from './resource.ts'

/** Published posts, or published pages. */
export function createPostResource(source: ContentSource, kind: Kind): Resource {
  const { database } = source
  return {
    name: `${kind}s`,
    singular: kind,
    filterFields: postFilterFields(kind),
    orderBy: (order) =>
      readOrder(order, { fields: orderFields, usual: 'published_at desc', id: posts.id }),
    isCalled: (by, name) => (by === 'id' ? hasPublicId(posts, [name]) : eq(posts.slug, name)),
    async count(where) {
      const counted = database.select({ value: count() }).from(posts)
      const [row] = await counted.where(and(isPublished(kind), where))
      return row?.value ?? 0
    },
    async read(selection, wanted) {
      const where = and(isPublished(kind), selection.where)
      const rows = await readRows(database, { ...selection, where }, wanted)
      const ids = rows.map(({ id }) => id)
      const relations = await readRelations(database, ids, wanted.include)
      return rows.map((row) => describePost(row, { kind, source, relations, wanted }))
    },
  }
}

const orderFields = {
  id: posts.id,
  title: posts.title,
  slug: posts.slug,
  featured: posts.featured,
  visibility: posts.visibility,
  reading_time: posts.readingMinutes,
  published_at: posts.publishedAt,
  updated_at: posts.updatedAt,
  created_at: posts.createdAt,
}

const beginningLetters = 500

/**
 * Bodies are long, so they are read only for who asks for them, and what is worked out is worked out
 * for the posts on the page only: those are chosen first.
 */
function readRows(
  database: Database,
  { where, orderBy, limit, offset }: Selection,
  wanted: Wanted,
): Promise<PostRow[]> {
  const onPage = database
    .select({ id: posts.id })
    .from(posts)
    .where(where)
    .orderBy(...orderBy)
    .limit(limit)
    .offset(offset)
  return database
    .select({
      ...smallColumns,
      html: wants(wanted, 'html') ? posts.html : sql<string | null>`null`,
      publicText: wants(wanted, 'plaintext')
        ? posts.publicText
        : sql<string>`left(${posts.publicText}, ${sql.raw(String(beginningLetters))})`,
    })
    .from(posts)
    .where(inArray(posts.id, onPage))
    .orderBy(...orderBy)
}

const extraNames = [
  'uuid',
  'comment_id',
  'custom_template',
  'codeinjection_head',
  'codeinjection_foot',
  'email_subject',
  'frontmatter',
  'show_title_and_feature_image',
] as const

const smallColumns = {
  id: posts.id,
  sourceId: posts.sourceId,
  slug: posts.slug,
  title: posts.title,
  visibility: posts.visibility,
  readingMinutes: posts.readingMinutes,
  customExcerpt: posts.customExcerpt,
  featured: posts.featured,
  featureImage: posts.featureImage,
  featureImageAlt: posts.featureImageAlt,
  featureImageCaption: posts.featureImageCaption,
  canonicalUrl: posts.canonicalUrl,
  meta: posts.meta,
  codeHead: posts.codeHead,
  codeFoot: posts.codeFoot,
  takesComments: posts.takesComments,
  createdAt: posts.createdAt,
  updatedAt: posts.updatedAt,
  publishedAt: posts.publishedAt,
  // The length is known without unpacking the text.
  hasText: sql<boolean>`octet_length(${posts.html}) > 0`,
  // The rest may hold whole bodies of other formats.
  extra: sql<PostRow['extra']>`jsonb_build_object(${sql.join(
    extraNames.map((name) => {
      const key = sql.raw(`'${name}'`)
      return sql`${key}, ${posts.sourceExtra}->${key}`
    }),
    sql`, `,
  )})`,
}

import { z } from 'zod'
import { ghostDate } from './dates.ts'

/** Ids are 24 hexadecimal digits, and were numbers before Ghost 1.0. */
const id = z.union([z.string().min(1).max(64), z.number().int()]).transform(String)
const text = z.string().nullish()
const flag = z.union([z.boolean(), z.number(), z.string(), z.null()]).optional().transform(isSet)
const date = ghostDate.nullish()
const order = z
  .number()
  .int()
  .nullish()
  .transform((value) => value ?? 0)

const metaFields = {
  meta_title: text,
  meta_description: text,
  og_title: text,
  og_description: text,
  og_image: text,
  twitter_title: text,
  twitter_description: text,
  twitter_image: text,
}

/** What the import needs of each table. Other columns are kept where they may be, and never required. */
export const rowSchemas = {
  posts: z.looseObject({
    id,
    title: z.string(),
    slug: text,
    type: z.enum(['post', 'page']).nullish(),
    /** Before Ghost 3. */
    page: flag,
    author_id: id.nullish(),
    status: z.enum(['draft', 'scheduled', 'published', 'sent']),
    visibility: text,
    lexical: text,
    mobiledoc: text,
    html: text,
    feature_image: text,
    featured: flag,
    custom_excerpt: text,
    canonical_url: text,
    locale: text,
    created_at: date,
    updated_at: date,
    published_at: date,
    ...metaFields,
  }),
  posts_meta: z.looseObject({
    post_id: id,
    feature_image_alt: text,
    feature_image_caption: text,
    ...metaFields,
  }),
  tags: z.looseObject({
    id,
    name: z.string().min(1),
    slug: text,
    description: text,
    feature_image: text,
    visibility: text,
    accent_color: text,
    created_at: date,
    updated_at: date,
    ...metaFields,
  }),
  /** Names and faces. Passwords, addresses and settings of people are not read. */
  users: z.object({
    id,
    name: z.string().min(1),
    slug: text,
    bio: text,
    profile_image: text,
    cover_image: text,
    website: text,
    location: text,
    created_at: date,
    updated_at: date,
    ...metaFields,
  }),
  products: z.object({ id, slug: text, name: text }),
  posts_tags: z.object({ post_id: id, tag_id: id, sort_order: order }),
  posts_authors: z.object({ post_id: id, author_id: id, sort_order: order }),
  posts_products: z.object({ post_id: id, product_id: id, sort_order: order }),
  settings: z.object({ key: z.string(), value: z.unknown() }),
} as const

export type TableName = keyof typeof rowSchemas
export type PostRow = z.output<typeof rowSchemas.posts>
export type PostMetaRow = z.output<typeof rowSchemas.posts_meta>
export type TagRow = z.output<typeof rowSchemas.tags>
export type UserRow = z.output<typeof rowSchemas.users>

export const tableNames = Object.keys(rowSchemas) as readonly TableName[]

export function isTableName(name: string): name is TableName {
  return name in rowSchemas
}

function isSet(value: boolean | number | string | null | undefined): boolean {
  return value === true || value === 1 || value === '1' || value === 'true'
}

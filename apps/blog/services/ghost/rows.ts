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

/** Where people say that they can be found. */
const socialFields = {
  facebook: text,
  twitter: text,
  threads: text,
  bluesky: text,
  mastodon: text,
  tiktok: text,
  youtube: text,
  instagram: text,
  linkedin: text,
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
    canonical_url: text,
    accent_color: text,
    created_at: date,
    updated_at: date,
    ...metaFields,
  }),
  /** Names and faces. Passwords, addresses and settings of people are not read. */
  users: z.object({
    id,
    ...socialFields,
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
  /** What Ghost calls tiers now. */
  products: z.object({
    id,
    slug: text,
    name: text,
    type: text,
    active: z.unknown().transform((value) => value === undefined || isSet(value)),
    visibility: text,
    description: text,
    monthly_price: z.number().nullish(),
    yearly_price: z.number().nullish(),
    currency: text,
    trial_days: z.number().nullish(),
    welcome_page_url: text,
    benefits: z.array(z.string()).nullish(),
  }),
  benefits: z.object({ id, name: text }),
  products_benefits: z.object({ product_id: id, benefit_id: id, sort_order: order }),
  newsletters: z.looseObject({
    id,
    name: z.string().min(1),
    slug: text,
    description: text,
    status: text,
    subscribe_on_signup: flag,
    sort_order: order,
  }),
  snippets: z.object({
    id,
    name: z.string(),
    lexical: text,
    created_at: date,
    updated_at: date,
  }),
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
export type TierRow = z.output<typeof rowSchemas.products>
export type SnippetRow = z.output<typeof rowSchemas.snippets>
export type NewsletterRow = z.output<typeof rowSchemas.newsletters>

export const tableNames = Object.keys(rowSchemas) as readonly TableName[]

export function isTableName(name: string): name is TableName {
  return name in rowSchemas
}

function isSet(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true'
}

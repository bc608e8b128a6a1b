import type { PostVisibility } from '@rose-ash/shared/contracts/paywall'
import type { posts } from '../../models/index.ts'
import type { ReadBody } from '../documents/body.ts'
import { sanitise } from '../documents/sanitise.ts'
import { mediaAddresses, ownImage, webAddress } from './addresses.ts'
import { metaDataOf } from './meta-data.ts'
import { postHash } from './post-hash.ts'
import type { PostMetaRow, PostRow } from './rows.ts'

/** A post of the export with what belongs to it. */
export interface ExportedPost {
  readonly row: PostRow
  readonly meta: PostMetaRow | undefined
  readonly tagIds: readonly string[]
  readonly authorIds: readonly string[]
  /** Their slugs at the site. */
  readonly tiers: readonly string[]
  readonly tierIds: readonly string[]
}

/** A post's columns without its body, its slug and its origin. */
export type PostRecord = Omit<
  typeof posts.$inferInsert,
  'type' | 'slug' | 'lexical' | 'html' | 'plaintext' | 'readingMinutes' | 'source' | 'sourceId'
> & {
  readonly type: 'post' | 'page'
  readonly sourceHash: string
  readonly sourceExtra: Record<string, unknown>
}

const visibilities: readonly PostVisibility[] = ['public', 'members', 'paid', 'tiers']

/** What the export says of a post, in our columns. The rest goes to `sourceExtra`. */
export function postRecord(post: ExportedPost): PostRecord {
  const { row, meta } = post
  const createdAt = row.created_at ?? row.published_at ?? row.updated_at
  return {
    type: row.type ?? (row.page ? 'page' : 'post'),
    title: row.title,
    status: row.status,
    visibility: visibilityOf(row),
    customExcerpt: row.custom_excerpt ?? null,
    featured: row.featured,
    featureImage: ownImage(row.feature_image),
    featureImageAlt: meta?.feature_image_alt ?? null,
    featureImageCaption: meta?.feature_image_caption ? sanitise(meta.feature_image_caption) : null,
    canonicalUrl: webAddress(row.canonical_url),
    language: row.locale ?? null,
    meta: metaDataOf(meta ?? row),
    publishedAt: row.published_at ?? (row.status === 'published' ? (createdAt ?? null) : null),
    ...(createdAt && { createdAt }),
    updatedAt: row.updated_at ?? createdAt ?? new Date(0),
    sourceHash: postHash(post),
    sourceExtra: extraOf(post),
  }
}

/** Ghost 4 could store any filter as visibility; the strictest reading is the safe one. */
function visibilityOf({ visibility }: PostRow): PostVisibility {
  return visibilities.find((known) => known === (visibility ?? 'public')) ?? 'tiers'
}

/** Columns of Ghost's that are columns of ours, or that are derived. */
const taken = new Set(
  `id title type page author_id status visibility featured post_id custom_excerpt locale created_at
  published_at plaintext lexical meta_title meta_description og_title og_description twitter_title
  twitter_description feature_image_alt feature_image_caption auto_excerpt reading_time html
  mobiledoc amp`.split(/\s+/),
)

/** `slug` and `updated_at` stay as Ghost had them: the next import compares with them. */
function extraOf({ row, meta, tiers }: ExportedPost): Record<string, unknown> {
  const { id: _id, ...metaColumns } = meta ?? { id: undefined }
  const rest = Object.entries({ ...metaColumns, ...row }).filter(([name]) => !taken.has(name))
  return withoutNulls({
    ...Object.fromEntries(rest),
    ...(tiers.length > 0 && { tiers }),
    ...(row.visibility && visibilityOf(row) !== row.visibility && { visibility: row.visibility }),
  })
}

function withoutNulls(columns: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== null && value !== undefined),
  )
}

/** A body that was not Lexical is kept as it came, for a faithful export. */
export function originalBody(row: PostRow, format: ReadBody['format']): Record<string, unknown> {
  if (format === 'lexical') return {}
  return withoutNulls({
    mobiledoc: row.mobiledoc || null,
    html: row.html || null,
    damagedLexical: row.lexical || null,
  })
}

/** Pictures on other sites that were not taken over: hosts, once each. */
export function outsideImages({ row, meta }: ExportedPost): readonly string[] {
  const columns = meta ?? row
  const addresses = [row.feature_image, columns.og_image, columns.twitter_image]
  return addresses.filter((address): address is string => Boolean(address && !ownImage(address)))
}

/** Every file that a post as it came shows or links, also in what is not shown here. */
export function mediaOfRow({ row, meta }: ExportedPost): readonly string[] {
  const { lexical, mobiledoc, html, feature_image } = row
  const { og_image, twitter_image } = meta ?? row
  const body = [lexical, mobiledoc, lexical || mobiledoc ? '' : html].join(' ')
  return mediaAddresses([body, feature_image, og_image, twitter_image].join(' '))
}

/** Every file that a post shows or links. */
export function mediaOfPost(record: PostRecord, html: string): readonly string[] {
  const { ogImage, twitterImage } = record.meta ?? {}
  return mediaAddresses([html, record.featureImage, ogImage, twitterImage].join(' '))
}

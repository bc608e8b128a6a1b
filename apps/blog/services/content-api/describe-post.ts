import { anonymousReader, canRead, visibleHtml } from '@rose-ash/shared/contracts/paywall'
import type { posts } from '../../models/index.ts'
import { describeAuthor } from './describe-author.ts'
import { describeMeta, describePictures } from './describe-meta.ts'
import { describeTag } from './describe-tag.ts'
import { describeTierOfPost, tiersThatRead } from './describe-tier.ts'
import type { PostRelations } from './post-relations.ts'
import { publicIdOf } from './public-id.ts'
import type { Kind } from './public-posts.ts'
import type { Answer, ContentSource, Wanted } from './resource.ts'

type PostColumns = Pick<
  typeof posts.$inferSelect,
  | 'id'
  | 'sourceId'
  | 'slug'
  | 'title'
  | 'visibility'
  | 'readingMinutes'
  | 'customExcerpt'
  | 'featured'
  | 'featureImage'
  | 'featureImageAlt'
  | 'featureImageCaption'
  | 'canonicalUrl'
  | 'meta'
  | 'codeHead'
  | 'codeFoot'
  | 'takesComments'
  | 'createdAt'
  | 'updatedAt'
  | 'publishedAt'
>

export interface PostRow extends PostColumns {
  /** Whole; null when it was not asked for. */
  readonly html: string | null
  readonly hasText: boolean
  /** Of what everybody may read, as much as is asked for. */
  readonly publicText: string
  readonly extra: PostExtra
}

/** What only a post that came from Ghost has, by the names of Ghost's columns. */
interface PostExtra {
  readonly uuid: string | null
  readonly comment_id: string | null
  readonly custom_template: string | null
  readonly codeinjection_head: string | null
  readonly codeinjection_foot: string | null
  readonly email_subject: string | null
  readonly frontmatter: string | null
  readonly show_title_and_feature_image: boolean | number | null
}

export interface Describing {
  readonly kind: Kind
  readonly source: Pick<ContentSource, 'addresses' | 'writeDate'>
  readonly relations: PostRelations
  readonly wanted: Wanted
}

const excerptLetters = 500

/** A published post or page as everybody may read it: what is behind the paywall is cut off. */
export function describePost(post: PostRow, describing: Describing): Answer {
  const { kind, wanted } = describing
  const { addresses, writeDate } = describing.source
  const { extra, hasText } = post
  const isPage = kind === 'page'
  const id = publicIdOf(post)
  return {
    id,
    uuid: extra.uuid ?? post.id,
    title: post.title,
    slug: post.slug,
    ...(wants(wanted, 'html') && { html: hasText ? publicHtml(post, addresses.inHtml) : null }),
    comment_id: extra.comment_id ?? id,
    ...(wants(wanted, 'plaintext') && hasText && { plaintext: post.publicText }),
    feature_image: addresses.of(post.featureImage),
    featured: post.featured,
    visibility: post.visibility,
    created_at: writeDate(post.createdAt),
    updated_at: writeDate(post.updatedAt),
    published_at: writeDate(post.publishedAt),
    custom_excerpt: post.customExcerpt,
    codeinjection_head: post.codeHead ?? extra.codeinjection_head,
    codeinjection_foot: post.codeFoot ?? extra.codeinjection_foot,
    custom_template: extra.custom_template,
    canonical_url: addresses.of(post.canonicalUrl),
    ...(isPage && {
      show_title_and_feature_image: Boolean(extra.show_title_and_feature_image ?? true),
    }),
    ...describeRelations(post, describing),
    url: addresses.of(`/${encodeURI(post.slug)}/`),
    excerpt: excerptOf(post),
    ...(hasText && { reading_time: post.readingMinutes }),
    access: canRead(post.visibility, anonymousReader),
    comments: post.takesComments,
    ...describePictures(post.meta, addresses),
    ...describeMeta(post.meta),
    ...(!isPage && { email_subject: extra.email_subject }),
    frontmatter: extra.frontmatter,
    feature_image_alt: post.featureImageAlt,
    feature_image_caption: addresses.inHtml(post.featureImageCaption),
  }
}

/** Whether a part that costs something has to be read. Without `fields` that is up to `formats`. */
export function wants({ fields, formats }: Wanted, part: 'html' | 'plaintext'): boolean {
  return formats.has(part) || (fields?.has(part) ?? false)
}

function publicHtml(post: PostRow, inHtml: (html: string) => string): string {
  return inHtml(visibleHtml(post.html ?? '', post.visibility, anonymousReader))
}

function excerptOf({ customExcerpt, hasText, publicText }: PostRow): string | null {
  if (customExcerpt) return customExcerpt
  return hasText ? publicText.slice(0, excerptLetters) : null
}

function describeRelations(
  { id, visibility }: PostRow,
  { relations, source, wanted: { include } }: Describing,
) {
  const tagRows = relations.tags.get(id) ?? []
  const tags = tagRows.map((tag) => describeTag(tag, source))
  const authors = (relations.authors.get(id) ?? []).map((author) => describeAuthor(author, source))
  const gate = { visibility, tierIds: relations.tierIds.get(id) ?? [] }
  return {
    ...(include.has('tags') && { tags }),
    ...(include.has('authors') && { authors }),
    ...(include.has('tiers') && {
      tiers: tiersThatRead(relations.tiers, gate).map((tier) => describeTierOfPost(tier, source)),
    }),
    ...(include.has('authors') && { primary_author: authors[0] ?? null }),
    // A post whose first tag is internal has none.
    ...(include.has('tags') && {
      primary_tag: tagRows[0]?.visibility === 'public' ? tags[0] : null,
    }),
  }
}

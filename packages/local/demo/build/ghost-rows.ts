import { createHash } from 'node:crypto'
import type { Author, Tag } from '../source/blog.ts'
import { imageUrl } from './cards.ts'
import { curlyQuotes, inlineHtml } from './inline.ts'
import type { LexicalNode } from './inline.ts'
import type { PostSource } from './post-source.ts'

export type Row = Readonly<Record<string, unknown>>

const founded = '2025-09-22T08:00:00.000Z'

/** Twenty-four hexadecimal digits that stay the same from one build to the next. */
export function rowId(table: string, key: string): string {
  return createHash('sha256').update(`rose-ash demo ${table} ${key}`).digest('hex').slice(0, 24)
}

function rowUuid(key: string): string {
  const hex = createHash('sha256').update(`rose-ash demo uuid ${key}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** Empty columns that Ghost writes all the same. */
function empty(...columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, null]))
}

export function postRow(post: PostSource, document: LexicalNode): Row {
  const id = rowId('posts', `${post.type} ${post.slug}`)
  return {
    id,
    uuid: rowUuid(`${post.type} ${post.slug}`),
    title: post.title,
    slug: post.slug,
    mobiledoc: null,
    lexical: JSON.stringify(document),
    html: null,
    comment_id: id,
    plaintext: null,
    feature_image: imageUrl(post.image),
    featured: post.isFeatured ? 1 : 0,
    type: post.type,
    status: post.status,
    locale: null,
    visibility: post.visibility,
    email_recipient_filter: 'all',
    created_at: writtenAt(post),
    updated_at: writtenAt(post),
    published_at: post.status === 'draft' ? null : post.date,
    custom_excerpt: post.excerpt,
    ...empty('auto_excerpt', 'reading_time', 'codeinjection_head', 'codeinjection_foot'),
    ...empty('custom_template', 'canonical_url', 'newsletter_id'),
    show_title_and_feature_image: 1,
  }
}

/** A scheduled post was written before the export was made. */
function writtenAt(post: PostSource): string {
  return post.status === 'scheduled' ? '2026-11-21T10:00:00.000Z' : post.date
}

export function postMetaRow(post: PostSource): Row {
  const postId = rowId('posts', `${post.type} ${post.slug}`)
  return {
    id: rowId('posts_meta', `${post.type} ${post.slug}`),
    post_id: postId,
    ...empty('og_image', 'og_title', 'og_description'),
    ...empty('twitter_image', 'twitter_title', 'twitter_description'),
    meta_title: post.metaTitle,
    ...empty('meta_description', 'email_subject', 'frontmatter'),
    feature_image_alt: post.imageAlt,
    feature_image_caption:
      post.imageCaption === null ? null : inlineHtml(curlyQuotes(post.imageCaption)),
    email_only: 0,
  }
}

/** Rows that join a post to its tags or authors, in order: the first is the primary one. */
export function joinRows(post: PostSource, kind: 'tag' | 'author'): Row[] {
  const slugs = kind === 'tag' ? post.tagSlugs : post.authorSlugs
  const [table, other] = kind === 'tag' ? ['posts_tags', 'tags'] : ['posts_authors', 'users']
  return slugs.map((slug, sortOrder) => ({
    id: rowId(table, `${post.type} ${post.slug} ${slug}`),
    post_id: rowId('posts', `${post.type} ${post.slug}`),
    [`${kind}_id`]: rowId(other, slug),
    sort_order: sortOrder,
  }))
}

export function userRow(author: Author): Row {
  return {
    id: rowId('users', author.slug),
    name: author.name,
    slug: author.slug,
    email: `${author.slug}@rose-ash.example`,
    profile_image: imageUrl(`2025/09/author-${author.slug}`),
    cover_image: null,
    bio: author.bio,
    website: null,
    location: 'Low Mill, Netherfold',
    ...empty('facebook', 'twitter', 'threads', 'bluesky', 'mastodon', 'tiktok', 'youtube'),
    ...empty('instagram', 'linkedin', 'accessibility'),
    status: 'active',
    locale: null,
    visibility: 'public',
    ...empty('meta_title', 'meta_description', 'tour', 'last_seen'),
    created_at: founded,
    updated_at: founded,
  }
}

export function tagRow(tag: Tag): Row {
  return {
    id: rowId('tags', tag.slug),
    name: tag.name,
    slug: tag.slug,
    description: tag.description,
    ...empty('feature_image', 'parent_id'),
    visibility: tag.isInternal ? 'internal' : 'public',
    ...empty('og_image', 'og_title', 'og_description'),
    ...empty('twitter_image', 'twitter_title', 'twitter_description'),
    ...empty('meta_title', 'meta_description', 'codeinjection_head', 'codeinjection_foot'),
    canonical_url: null,
    accent_color: tag.accentColour,
    created_at: founded,
    updated_at: founded,
  }
}

export function roleRow(name: string): Row {
  return {
    id: rowId('roles', name),
    name,
    description: `${name}s`,
    created_at: founded,
    updated_at: founded,
  }
}

export function roleUserRow(role: string, authorSlug: string): Row {
  return {
    id: rowId('roles_users', authorSlug),
    role_id: rowId('roles', role),
    user_id: rowId('users', authorSlug),
  }
}

export function settingRow(key: string, value: string): Row {
  return {
    id: rowId('settings', key),
    group: 'site',
    key,
    value,
    type: 'string',
    flags: 'PUBLIC',
    created_at: founded,
    updated_at: founded,
  }
}

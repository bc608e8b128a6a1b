import type { authors } from '../../models/index.ts'
import { describeMeta } from './describe-meta.ts'
import { publicIdOf } from './public-id.ts'
import type { Answer, ContentSource } from './resource.ts'

type AuthorColumns = Pick<
  typeof authors.$inferSelect,
  | 'id'
  | 'sourceId'
  | 'name'
  | 'slug'
  | 'profileImage'
  | 'coverImage'
  | 'bio'
  | 'website'
  | 'location'
  | 'meta'
>

export interface AuthorRow extends AuthorColumns {
  /** Where else they are, by the names of Ghost's columns. */
  readonly networks: Readonly<Partial<Record<Network, string | null>>>
  /** Of published posts; undefined: not asked for. */
  readonly postCount?: number | null
}

/** In the order of Ghost's answers. */
export const networks = [
  'facebook',
  'twitter',
  'threads',
  'bluesky',
  'mastodon',
  'tiktok',
  'youtube',
  'instagram',
  'linkedin',
] as const

type Network = (typeof networks)[number]

export function describeAuthor(
  author: AuthorRow,
  { addresses }: Pick<ContentSource, 'addresses'>,
): Answer {
  return {
    id: publicIdOf(author),
    name: author.name,
    slug: author.slug,
    profile_image: addresses.of(author.profileImage),
    cover_image: addresses.of(author.coverImage),
    bio: author.bio,
    website: author.website,
    location: author.location,
    ...Object.fromEntries(networks.map((name) => [name, author.networks[name] ?? null])),
    ...describeMeta(author.meta),
    ...(typeof author.postCount === 'number' && { count: { posts: author.postCount } }),
    url: addresses.of(`/author/${encodeURI(author.slug)}/`),
  }
}

import type { tags } from '../../models/index.ts'
import { describeMeta, describePictures } from './describe-meta.ts'
import { publicIdOf } from './public-id.ts'
import type { Answer, ContentSource } from './resource.ts'

type TagColumns = Pick<
  typeof tags.$inferSelect,
  | 'id'
  | 'sourceId'
  | 'name'
  | 'slug'
  | 'description'
  | 'featureImage'
  | 'visibility'
  | 'meta'
  | 'canonicalUrl'
  | 'accentColor'
>

export interface TagRow extends TagColumns {
  readonly codeHead: string | null
  readonly codeFoot: string | null
  /** Of published posts; undefined: not asked for. */
  readonly postCount?: number | null
  readonly hasPosts: boolean
}

/** An internal tag, and one that no published post has, has no page. */
export function describeTag(tag: TagRow, { addresses }: Pick<ContentSource, 'addresses'>): Answer {
  const hasPage = tag.visibility === 'public' && tag.hasPosts
  return {
    id: publicIdOf(tag),
    name: tag.name,
    slug: tag.slug,
    description: tag.description,
    feature_image: addresses.of(tag.featureImage),
    visibility: tag.visibility,
    ...describePictures(tag.meta, addresses),
    ...describeMeta(tag.meta),
    codeinjection_head: tag.codeHead,
    codeinjection_foot: tag.codeFoot,
    canonical_url: addresses.of(tag.canonicalUrl),
    accent_color: tag.accentColor,
    ...(typeof tag.postCount === 'number' && { count: { posts: tag.postCount } }),
    url: addresses.of(hasPage ? `/tag/${encodeURI(tag.slug)}/` : '/404/'),
  }
}

import type { Transaction } from '../../models/index.ts'
import type { PostRow } from './read-content.ts'
import { tellOfPost } from './tell-of-post.ts'

/** What caches and other services go by. */
export interface PostChange {
  readonly id: string
  readonly type: 'post' | 'page'
  readonly before: PostRow | undefined
  /** Undefined when it was deleted. */
  readonly after: PostRow | undefined
  /** Slugs of the tags and authors that it had or has. */
  readonly names: { readonly tags: readonly string[]; readonly authors: readonly string[] }
}

/** Tells the other services when what anybody may read has changed. */
export async function announce(transaction: Transaction, change: PostChange): Promise<void> {
  const { before, after, type, id } = change
  const wasPublic = before?.status === 'published'
  const isPublic = after?.status === 'published'
  const slug = after?.slug ?? before?.slug
  if ((!wasPublic && !isPublic) || slug === undefined) return
  await tellOfPost(transaction, {
    change: !wasPublic ? 'Create' : isPublic ? 'Update' : 'Delete',
    id,
    slug,
    ...(before && { formerSlug: before.slug }),
    isPage: type === 'page',
    visibility: 'public',
  })
}

import { eq, sql } from 'drizzle-orm'
import { type Database, posts } from '../../models/index.ts'
import type { ImportedPost } from '../ghost/import-posts.ts'
import { isNews } from '../ghost/is-news.ts'
import { storeRevision } from '../ghost/store-revision.ts'
import { storeWarnings } from '../ghost/store-warnings.ts'
import { tellOfPost } from '../posts/tell-of-post.ts'

/**
 * Makes a post that was deleted at its site a draft. Its time of change stays, and its hash goes: should the site
 * have it again, it is taken over again.
 */
export async function unpublish(
  database: Database,
  post: Pick<ImportedPost, 'id' | 'slug' | 'type' | 'status'>,
  { followedSince }: { readonly followedSince: Date },
): Promise<void> {
  await database.transaction(async (transaction) => {
    const [row] = await transaction
      .update(posts)
      .set({ status: 'draft', sourceHash: null, version: sql`${posts.version} + 1` })
      .where(eq(posts.id, post.id))
      .returning({ publishedAt: posts.publishedAt })
    await storeRevision(transaction, post.id)
    await storeWarnings(transaction, post.id, [
      'It was deleted at the Ghost site that it came from, and is a draft now.',
    ])
    if (post.status !== 'published') return
    const { id, slug, type } = post
    const isPage = type === 'page'
    const change = 'Delete'
    const publishedAt = row?.publishedAt ?? null
    const visibility = isNews({ change, publishedAt, followedSince }) ? 'public' : 'internal'
    await tellOfPost(transaction, { change, id, slug, isPage, visibility })
  })
}

import { eq, sql } from 'drizzle-orm'
import { type Database, posts } from '../../models/index.ts'
import type { ImportedPost } from '../ghost/import-posts.ts'
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
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction
      .update(posts)
      .set({ status: 'draft', sourceHash: null, version: sql`${posts.version} + 1` })
      .where(eq(posts.id, post.id))
    await storeRevision(transaction, post.id)
    await storeWarnings(transaction, post.id, [
      'It was deleted at the Ghost site that it came from, and is a draft now.',
    ])
    if (post.status !== 'published') return
    const { id, slug, type } = post
    const isPage = type === 'page'
    await tellOfPost(transaction, { change: 'Delete', id, slug, isPage, visibility: 'internal' })
  })
}

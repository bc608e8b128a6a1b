import { createPost } from '@rose-ash/testing/factories/post'
import { eq } from 'drizzle-orm'
import { type Database, posts } from './models/index.ts'
import { tellOfPost } from './services/posts/tell-of-post.ts'

type Post = typeof posts.$inferSelect

/** For tests: writes a post and tells of it, as saving does. */
export async function publishPost(
  database: Database,
  values: Parameters<typeof createPost>[1] = {},
  visibility: 'public' | 'internal' = 'public',
): Promise<Post> {
  const post = await createPost(database, values)
  await database.transaction((transaction) =>
    tellOfPost(transaction, { ...newsOf(post), visibility, change: 'Create' }),
  )
  return post
}

export async function changePost(
  database: Database,
  id: string,
  values: Partial<typeof posts.$inferInsert>,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const [before] = await transaction.select().from(posts).where(eq(posts.id, id))
    const [after] = await transaction.update(posts).set(values).where(eq(posts.id, id)).returning()
    if (!before || !after) throw new Error('there is no such post')
    const isThere = after.status === 'published'
    const change = before.status !== 'published' ? 'Create' : isThere ? 'Update' : 'Delete'
    await tellOfPost(transaction, { ...newsOf(after), change })
  })
}

function newsOf({ id, slug }: Post) {
  return { id, slug, isPage: false, visibility: 'public' } as const
}

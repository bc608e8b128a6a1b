import { eq, sql } from 'drizzle-orm'
import { postWarnings, type Queryable } from '../../models/index.ts'

/**
 * What an editor should look at in a post that came from elsewhere, in the place of what stood there.
 * The sentences do not name the post. What stands there already is not written again.
 */
export async function storeWarnings(
  database: Queryable,
  postId: string,
  warnings: readonly string[],
): Promise<void> {
  if (warnings.length === 0) {
    await database.delete(postWarnings).where(eq(postWarnings.postId, postId))
    return
  }
  await database
    .insert(postWarnings)
    .values({ postId, warnings })
    .onConflictDoUpdate({
      target: postWarnings.postId,
      set: { warnings, updatedAt: sql`now()` },
      setWhere: sql`${postWarnings.warnings} is distinct from excluded.warnings`,
    })
}

/** “it was edited here” becomes “It was edited here.” */
export function asSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

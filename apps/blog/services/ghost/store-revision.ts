import { eq } from 'drizzle-orm'
import type { KvReader } from '../../graph/kv/kv-store.ts'
import { PostgresKvStore } from '../../graph/kv/postgres-kv-store.ts'
import { posts, type Transaction } from '../../models/index.ts'
import { readContent } from '../posts/read-content.ts'
import { keepRevision } from '../posts/revisions.ts'

/** Keeps what the import has stored as a revision of the post's present version. */
export async function storeRevision(transaction: Transaction, postId: string): Promise<void> {
  const [post] = await transaction.select().from(posts).where(eq(posts.id, postId))
  if (!post) throw new Error('the post that was just stored is gone')
  await keepRevision(transaction, {
    postId,
    version: post.version,
    reason: 'import',
    content: await readContent(transaction, readerOf(transaction), post),
    userId: null,
  })
}

/** A transaction can do all that reading needs. */
function readerOf(transaction: Transaction): KvReader {
  const store = new PostgresKvStore({ database: transaction })
  return {
    get: (key) => store.get(key),
    scan: (prefix, options) => store.scan(prefix, options),
    scanAll: (prefixes) => store.scanAll(prefixes),
  }
}

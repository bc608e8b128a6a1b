import { eq, sql } from 'drizzle-orm'
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

/**
 * The same for posts that are new, which have no types and fields of the post graph: in one statement, since an
 * import may bring many. What it writes is what `readContent` reads.
 */
export async function storeFirstRevisions(
  transaction: Transaction,
  postIds: readonly string[],
): Promise<void> {
  if (postIds.length === 0) return
  await transaction.execute(sql`
    insert into post_revisions (post_id, version, reason, content)
    select id, version, 'import', jsonb_build_object(
      'title', title, 'slug', slug, 'lexical', lexical, 'status', status,
      'visibility', visibility, 'customExcerpt', custom_excerpt, 'featured', featured,
      'featureImage', feature_image, 'featureImageAlt', feature_image_alt,
      'featureImageCaption', feature_image_caption, 'canonicalUrl', canonical_url,
      'language', language, 'meta', meta, 'codeHead', code_head, 'codeFoot', code_foot,
      'takesComments', takes_comments,
      'publishedAt',
        to_char(published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'tags', array(select tags.slug from post_tags join tags on tags.id = tag_id
        where post_id = posts.id order by post_tags.sort_order),
      'authors', array(select authors.slug from post_authors join authors
        on authors.id = author_id where post_id = posts.id order by post_authors.sort_order),
      'tiers', array(select tiers.slug from post_tiers join tiers on tiers.id = tier_id
        where post_id = posts.id order by tiers.slug),
      'types', '[]'::jsonb, 'fields', '{}'::jsonb)
    from posts where id = any(${sql.param([...postIds])}::uuid[])
    on conflict do nothing`)
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

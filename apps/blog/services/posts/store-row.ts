import { eq } from 'drizzle-orm'
import { posts, type Transaction } from '../../models/index.ts'
import { publicTextOf } from '../documents/plaintext.ts'
import type { RenderedDocument } from '../documents/render.ts'
import { addRedirect } from '../ghost/redirects.ts'
import { plainColumnsOf, type PostContent, type PostRow } from './read-content.ts'

export interface RowToStore {
  /** Of one that is not known yet. */
  readonly newId: string | undefined
  readonly type: 'post' | 'page'
  readonly body: RenderedDocument | undefined
  readonly content: PostContent
  readonly known: PostRow | undefined
  readonly html: string
}

export async function storeRow(
  transaction: Transaction,
  { newId, type, body, content, known, html }: RowToStore,
): Promise<PostRow> {
  const values = {
    ...plainColumnsOf(content),
    status: content.status,
    publishedAt: content.publishedAt ? new Date(content.publishedAt) : null,
    publicText: publicTextOf(html, content.visibility),
    ...(body && {
      lexical: body.lexical,
      html: body.html,
      plaintext: body.plaintext,
      readingMinutes: body.readingMinutes,
    }),
    trashedAt: null,
    trashedFrom: null,
  }
  const [row] = known
    ? await transaction
        .update(posts)
        .set({ ...values, version: known.version + 1, updatedAt: new Date() })
        .where(eq(posts.id, known.id))
        .returning()
    : await transaction
        .insert(posts)
        .values({ ...(newId !== undefined && { id: newId }), type, ...values })
        .returning()
  if (!row) throw new Error('PostgreSQL did not return the post that it stored')
  const hasMoved = known && known.slug !== row.slug && known.status === 'published'
  if (hasMoved) await addRedirect(transaction, { from: `/${known.slug}/`, to: `/${row.slug}/` })
  return row
}

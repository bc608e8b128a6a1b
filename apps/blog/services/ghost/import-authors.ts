import { and, eq, inArray } from 'drizzle-orm'
import { authors, type Transaction } from '../../models/index.ts'
import { ownImage, webAddress } from './addresses.ts'
import { fingerprint } from './fingerprint.ts'
import type { RowOrigin } from './import-tags.ts'
import { metaDataOf } from './meta-data.ts'
import type { Outcome } from './outcome.ts'
import { addRedirect } from './redirects.ts'
import type { UserRow } from './rows.ts'
import { freeSlug, isSlugFor, wantedSlug } from './slugs.ts'
import { extraOfAuthor } from './source-extra.ts'

/** One batch of authors: names, faces and what they say of themselves. No addresses, no passwords. */
export async function importAuthors(
  transaction: Transaction,
  { source, isPartial = false }: RowOrigin,
  rows: readonly UserRow[],
): Promise<Outcome> {
  const warnings: string[] = []
  const done = { created: 0, updated: 0, unchanged: 0 }
  const existing = await findImported(transaction, source, rows)

  for (const row of rows) {
    const record = authorRecord(row)
    const wanted = wantedSlug(row.slug, row.name)
    const known = existing.get(row.id)
    const isSame = known?.sourceHash === record.sourceHash
    if (isSame || (known && isPartial && isSlugFor(known.slug, wanted))) {
      done.unchanged += 1
    } else if (known) {
      const slug = isSlugFor(known.slug, wanted)
        ? known.slug
        : await freeSlug(wanted, (other) => isTaken(transaction, other))
      await transaction
        .update(authors)
        .set({ ...record, slug })
        .where(eq(authors.id, known.id))
      if (slug !== known.slug) {
        await addRedirect(transaction, { from: `/author/${known.slug}/`, to: `/author/${slug}/` })
      }
      done.updated += 1
    } else {
      const slug = await freeSlug(wanted, (other) => isTaken(transaction, other))
      if (slug !== wanted) {
        warnings.push(`The author “${row.name}” is at “${slug}”, since “${wanted}” was taken.`)
      }
      await transaction.insert(authors).values({ ...record, slug, source, sourceId: row.id })
      done.created += 1
    }
  }
  return { ...done, warnings }
}

function authorRecord(row: UserRow) {
  return {
    name: row.name,
    bio: row.bio ?? null,
    profileImage: ownImage(row.profile_image),
    coverImage: ownImage(row.cover_image),
    website: webAddress(row.website),
    location: row.location ?? null,
    meta: metaDataOf(row),
    sourceExtra: extraOfAuthor(row),
    sourceHash: fingerprint({ ...row, updated_at: null }),
    ...(row.created_at && { createdAt: row.created_at }),
    ...(row.updated_at && { updatedAt: row.updated_at }),
  }
}

async function findImported(transaction: Transaction, source: string, rows: readonly UserRow[]) {
  const { id, sourceId, sourceHash, slug } = authors
  const found = await transaction
    .select({ id, sourceId, sourceHash, slug })
    .from(authors)
    .where(
      and(
        eq(authors.source, source),
        inArray(
          sourceId,
          rows.map((row) => row.id),
        ),
      ),
    )
  return new Map(found.map((author) => [author.sourceId ?? '', author]))
}

async function isTaken(transaction: Transaction, slug: string): Promise<boolean> {
  const found = await transaction
    .select({ id: authors.id })
    .from(authors)
    .where(eq(authors.slug, slug))
  return found.length > 0
}

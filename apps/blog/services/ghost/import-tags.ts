import { and, eq, inArray } from 'drizzle-orm'
import { tags, type Transaction } from '../../models/index.ts'
import { ownImage, webAddress } from './addresses.ts'
import { fingerprint } from './fingerprint.ts'
import { metaDataOf } from './meta-data.ts'
import type { Outcome } from './outcome.ts'
import { addRedirect } from './redirects.ts'
import type { TagRow } from './rows.ts'
import { freeSlug, isSlugFor, wantedSlug } from './slugs.ts'
import { extraOfTag } from './source-extra.ts'

/** Where rows come from. */
export interface RowOrigin {
  readonly source: string
  /** They have not all columns, so they cannot be compared with what is here: what is known stays. */
  readonly isPartial?: boolean | undefined
}

export interface TagsOutcome extends Outcome {
  /** Tags that were here already under the same name: the export's id, and ours. */
  readonly adopted: ReadonlyMap<string, string>
}

/**
 * One batch of tags. A tag of the same name and slug that was made here, or came from another site,
 * is the same tag: it is used as it is, never overwritten.
 */
export async function importTags(
  transaction: Transaction,
  { source, isPartial = false }: RowOrigin,
  rows: readonly TagRow[],
): Promise<TagsOutcome> {
  const adopted = new Map<string, string>()
  const warnings: string[] = []
  const done = { created: 0, updated: 0, unchanged: 0 }
  const existing = await findImported(transaction, source, rows)

  for (const row of rows) {
    const record = tagRecord(row)
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
        .update(tags)
        .set({ ...record, slug })
        .where(eq(tags.id, known.id))
      if (slug !== known.slug) {
        await addRedirect(transaction, { from: `/tag/${known.slug}/`, to: `/tag/${slug}/` })
      }
      done.updated += 1
    } else {
      const same = await findSame(transaction, wanted, row.name)
      if (same) {
        adopted.set(row.id, same)
        done.unchanged += 1
        continue
      }
      const slug = await freeSlug(wanted, (other) => isTaken(transaction, other))
      if (slug !== wanted) {
        warnings.push(`The tag “${row.name}” is at “${slug}”, since “${wanted}” was taken.`)
      }
      await transaction.insert(tags).values({ ...record, slug, source, sourceId: row.id })
      done.created += 1
    }
  }
  return { ...done, warnings, adopted }
}

function tagRecord(row: TagRow) {
  const isInternal = row.visibility === 'internal' || row.name.startsWith('#')
  return {
    name: row.name,
    description: row.description ?? null,
    featureImage: ownImage(row.feature_image),
    visibility: isInternal ? ('internal' as const) : ('public' as const),
    accentColor: /^#[\da-f]{3,8}$/i.test(row.accent_color ?? '') ? row.accent_color : null,
    canonicalUrl: webAddress(row.canonical_url),
    meta: metaDataOf(row),
    sourceExtra: extraOfTag(row),
    sourceHash: fingerprint(row),
    ...(row.created_at && { createdAt: row.created_at }),
    ...(row.updated_at && { updatedAt: row.updated_at }),
  }
}

async function findImported(transaction: Transaction, source: string, rows: readonly TagRow[]) {
  const found = await transaction
    .select({ id: tags.id, sourceId: tags.sourceId, sourceHash: tags.sourceHash, slug: tags.slug })
    .from(tags)
    .where(
      and(
        eq(tags.source, source),
        inArray(
          tags.sourceId,
          rows.map(({ id }) => id),
        ),
      ),
    )
  return new Map(found.map((tag) => [tag.sourceId ?? '', tag]))
}

async function findSame(
  transaction: Transaction,
  slug: string,
  name: string,
): Promise<string | undefined> {
  const [found] = await transaction
    .select({ id: tags.id, name: tags.name })
    .from(tags)
    .where(eq(tags.slug, slug))
  return found?.name.toLowerCase() === name.toLowerCase() ? found.id : undefined
}

async function isTaken(transaction: Transaction, slug: string): Promise<boolean> {
  const found = await transaction.select({ id: tags.id }).from(tags).where(eq(tags.slug, slug))
  return found.length > 0
}

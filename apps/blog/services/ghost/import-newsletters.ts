import { and, eq, inArray } from 'drizzle-orm'
import { type Database, newsletters } from '../../models/index.ts'
import { fingerprint } from './fingerprint.ts'
import type { NewsletterRow } from './rows.ts'
import { freeSlug, wantedSlug } from './slugs.ts'
import type { Staging } from './staging.ts'

const batchSize = 50

/** The newsletters of a site. Nothing is sent, and nobody is subscribed by this. */
export async function importNewsletters(
  session: Database,
  source: string,
  staging: Staging,
): Promise<void> {
  for await (const batch of staging.batches('newsletters', batchSize)) {
    const rows = batch as readonly NewsletterRow[]
    const existing = await findImported(session, source, rows)
    for (const row of rows) {
      const record = newsletterRecord(row)
      const known = existing.get(row.id)
      if (known && known.sourceHash === record.sourceHash) continue
      if (known) {
        await session.update(newsletters).set(record).where(eq(newsletters.id, known.id))
        continue
      }
      const slug = await freeSlug(wantedSlug(row.slug, row.name), (other) =>
        isTaken(session, other),
      )
      await session.insert(newsletters).values({ ...record, slug, source, sourceId: row.id })
    }
  }
}

const taken = new Set(`id name slug description status subscribe_on_signup sort_order`.split(' '))

function newsletterRecord(row: NewsletterRow) {
  const record = {
    name: row.name,
    description: row.description ?? null,
    isActive: (row.status ?? 'active') === 'active',
    subscribesOnSignUp: row.subscribe_on_signup,
    sortOrder: row.sort_order,
  }
  const rest = Object.entries(row).filter(
    ([name, value]) => !taken.has(name) && value !== null && typeof value !== 'object',
  )
  return {
    ...record,
    sourceExtra: Object.fromEntries(rest),
    sourceHash: fingerprint({ ...record, slug: row.slug }),
    updatedAt: new Date(),
  }
}

async function findImported(session: Database, source: string, rows: readonly NewsletterRow[]) {
  const { id, sourceId, sourceHash } = newsletters
  const ids = rows.map((row) => row.id)
  const found = await session
    .select({ id, sourceId, sourceHash })
    .from(newsletters)
    .where(and(eq(newsletters.source, source), inArray(sourceId, ids)))
  return new Map(found.map((one) => [one.sourceId ?? '', one]))
}

async function isTaken(session: Database, slug: string): Promise<boolean> {
  const found = await session
    .select({ id: newsletters.id })
    .from(newsletters)
    .where(eq(newsletters.slug, slug))
  return found.length > 0
}

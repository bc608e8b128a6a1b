import { and, eq, inArray } from 'drizzle-orm'
import { type Database, tiers } from '../../models/index.ts'
import { webAddress } from './addresses.ts'
import { fingerprint } from './fingerprint.ts'
import type { TierRow } from './rows.ts'
import { freeSlug, isSlugFor, wantedSlug } from './slugs.ts'
import type { Staging } from './staging.ts'

const batchSize = 50

/**
 * The tiers of a site. One of the same slug, kind and name that was made here, or came from another
 * site, is the same tier: it is used as it is, never overwritten.
 */
export async function importTiers(
  session: Database,
  source: string,
  staging: Staging,
): Promise<void> {
  const benefits = await staging.benefits()
  for await (const batch of staging.batches('products', batchSize)) {
    const rows = batch as readonly TierRow[]
    const existing = await findImported(session, source, rows)
    for (const row of rows) {
      const record = tierRecord({
        ...row,
        benefits: [...(row.benefits ?? benefits.get(row.id) ?? [])],
      })
      await storeTier(session, source, { row, record, known: existing.get(row.id) })
    }
  }
}

type TierRecord = Omit<typeof tiers.$inferInsert, 'slug'>
type KnownTier = Pick<typeof tiers.$inferSelect, 'id' | 'slug' | 'sourceHash'>

async function storeTier(
  session: Database,
  source: string,
  {
    row,
    record,
    known,
  }: {
    readonly row: TierRow
    readonly record: TierRecord
    readonly known: KnownTier | undefined
  },
): Promise<void> {
  if (known && known.sourceHash === record.sourceHash) return
  const wanted = wantedSlug(row.slug, record.name)
  if (known && isSlugFor(known.slug, wanted)) {
    await session.update(tiers).set(record).where(eq(tiers.id, known.id))
    return
  }
  if (!known && (await isHere(session, wanted, record))) return
  const slug = await freeSlug(wanted, (other) => isTaken(session, other))
  if (known) {
    await session
      .update(tiers)
      .set({ ...record, slug })
      .where(eq(tiers.id, known.id))
  } else {
    await session.insert(tiers).values({ ...record, slug, source, sourceId: row.id })
  }
}

function tierRecord(row: TierRow): TierRecord {
  const record = {
    name: row.name ?? row.slug ?? 'Tier',
    type: row.type === 'paid' ? ('paid' as const) : ('free' as const),
    description: row.description ?? null,
    isActive: row.active,
    visibility: row.visibility === 'none' ? ('none' as const) : ('public' as const),
    monthlyPrice: row.monthly_price ?? null,
    yearlyPrice: row.yearly_price ?? null,
    currency: row.currency?.toUpperCase() ?? null,
    trialDays: row.trial_days ?? 0,
    welcomePageUrl: webAddress(row.welcome_page_url),
    benefits: row.benefits ?? [],
  }
  return {
    ...record,
    sourceHash: fingerprint({ ...record, slug: row.slug }),
    updatedAt: new Date(),
  }
}

async function findImported(session: Database, source: string, rows: readonly TierRow[]) {
  const { id, slug, sourceId, sourceHash } = tiers
  const ids = rows.map((row) => row.id)
  const found = await session
    .select({ id, slug, sourceId, sourceHash })
    .from(tiers)
    .where(and(eq(tiers.source, source), inArray(tiers.sourceId, ids)))
  return new Map(found.map((tier) => [tier.sourceId ?? '', tier]))
}

async function isHere(session: Database, slug: string, record: TierRecord): Promise<boolean> {
  const [found] = await session.select().from(tiers).where(eq(tiers.slug, slug))
  return found?.type === record.type && found.name.toLowerCase() === record.name.toLowerCase()
}

async function isTaken(session: Database, slug: string): Promise<boolean> {
  const found = await session.select({ id: tiers.id }).from(tiers).where(eq(tiers.slug, slug))
  return found.length > 0
}

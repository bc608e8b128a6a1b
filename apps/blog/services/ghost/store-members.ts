import { readEmailAddress } from '@rose-ash/shared/contracts/email-address'
import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { type Database, members, type Transaction, users } from '../../models/index.ts'
import { fingerprint } from './fingerprint.ts'
import { type HeldTier, storeMemberships } from './store-memberships.ts'
import { storeSubscriptions } from './store-subscriptions.ts'

/** A member of a Ghost site, as its API or its CSV file says. */
export interface MemberRecord {
  /** At the site. */
  readonly sourceId: string
  readonly email: string
  readonly name: string | null
  readonly note: string | null
  readonly labels: readonly string[]
  readonly tiers: readonly HeldTier[]
  /** The site's ids of the newsletters that they get; or whether they get any, which is all that a CSV file says. */
  readonly newsletters: readonly string[] | boolean
  readonly stripeCustomerId: string | null
  readonly createdAt: Date | null
  readonly extra: Readonly<Record<string, unknown>>
}

export interface MembersOutcome {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** Sentences that name the member by their id at the site, never by their address. */
  readonly problems: readonly string[]
}

export type KnownMember = typeof members.$inferSelect

/** A change to store, of somebody who has an account. */
export interface MemberChange {
  readonly userId: string
  readonly record: MemberRecord
  readonly known: KnownMember | undefined
}

/**
 * Gives each member of a batch an account, made if there is none, and stores what they hold. Nobody is sent
 * anything. Whoever is a member by another site already keeps what stands there.
 */
export async function storeMembers(
  database: Database,
  source: string,
  batch: readonly MemberRecord[],
): Promise<MembersOutcome> {
  const problems: string[] = []
  const records = new Map<string, MemberRecord>()
  for (const record of batch) {
    const email = readEmailAddress(record.email)
    if (email) records.set(email.toLowerCase(), { ...record, email })
    else problems.push(`The member ${record.sourceId} has no sound email address.`)
  }
  if (records.size === 0) return { created: 0, updated: 0, unchanged: 0, problems }
  return database.transaction(async (transaction) => {
    const changes = await findAccounts(transaction, source, records)
    const changed = changes.filter(
      ({ record, known }) => known?.source !== source || known.sourceHash !== hashOf(record),
    )
    const others = changed.filter(({ known }) => known?.source && known.source !== source)
    const own = changed.filter((change) => !others.includes(change))
    for (const { record } of others) {
      problems.push(`The member ${record.sourceId} is here by another site, and stays as they are.`)
    }
    if (own.length > 0) await storeChanges(transaction, source, own)
    const created = own.filter(({ known }) => !known).length
    const updated = own.length - created
    return { created, updated, unchanged: changes.length - own.length, problems }
  })
}

async function storeChanges(
  transaction: Transaction,
  source: string,
  changes: readonly MemberChange[],
): Promise<void> {
  await storeMemberships(transaction, source, changes)
  const newslettersOf = await storeSubscriptions(transaction, source, changes)
  await transaction
    .insert(members)
    .values(
      changes.map(({ userId, record }) => ({
        userId,
        note: record.note,
        labels: record.labels,
        stripeCustomerId: record.stripeCustomerId,
        sourceExtra: { ...record.extra, newsletters: newslettersOf.get(userId) ?? [] },
        source,
        sourceId: record.sourceId,
        sourceHash: hashOf(record),
        ...(record.createdAt && { createdAt: record.createdAt }),
        updatedAt: new Date(),
      })),
    )
    .onConflictDoUpdate({
      target: members.userId,
      set: {
        note: sql`excluded.note`,
        labels: sql`excluded.labels`,
        stripeCustomerId: sql`coalesce(excluded.stripe_customer_id, ${members.stripeCustomerId})`,
        sourceExtra: sql`${members.sourceExtra} || excluded.source_extra`,
        source: sql`excluded.source`,
        sourceId: sql`excluded.source_id`,
        sourceHash: sql`excluded.source_hash`,
        updatedAt: sql`excluded.updated_at`,
      },
    })
}

/** A CSV file says less than the API; what it does not say is no change. */
function hashOf({ createdAt: _createdAt, extra: _extra, ...record }: MemberRecord): string {
  return fingerprint(record)
}

/** By the site's id first: an address may have changed there, and an account here is not renamed for that. */
async function findAccounts(
  transaction: Transaction,
  source: string,
  records: ReadonlyMap<string, MemberRecord>,
): Promise<readonly MemberChange[]> {
  const rows = [...records.values()]
  const sourceIds = rows.map(({ sourceId }) => sourceId)
  const bySource = await transaction
    .select()
    .from(members)
    .where(and(eq(members.source, source), inArray(members.sourceId, sourceIds)))
  const known = new Map(bySource.map((member) => [member.sourceId, member]))
  const fresh = rows.filter(({ sourceId }) => !known.has(sourceId))
  const accounts = await ensureAccounts(transaction, fresh)
  const ids = [...accounts.values()]
  const byAccount =
    ids.length === 0
      ? []
      : await transaction
          .select()
          .from(members)
          .where(or(inArray(members.userId, ids)))
  const ofAccount = new Map(byAccount.map((member) => [member.userId, member]))
  return rows.flatMap((record) => {
    const member = known.get(record.sourceId)
    if (member) return [{ userId: member.userId, record, known: member }]
    const userId = accounts.get(record.email.toLowerCase())
    return userId ? [{ userId, record, known: ofAccount.get(userId) }] : []
  })
}

async function ensureAccounts(
  transaction: Transaction,
  records: readonly MemberRecord[],
): Promise<ReadonlyMap<string, string>> {
  if (records.length === 0) return new Map()
  await transaction
    .insert(users)
    .values(records.map(({ email, name }) => ({ email, displayName: displayName(email, name) })))
    .onConflictDoNothing()
  const lower = sql<string>`lower(${users.email})`
  const found = await transaction
    .select({ id: users.id, email: lower })
    .from(users)
    .where(
      inArray(
        lower,
        records.map(({ email }) => email.toLowerCase()),
      ),
    )
  return new Map(found.map(({ id, email }) => [email, id]))
}

const longestName = 80

function displayName(email: string, name: string | null): string {
  const words = (name ?? '').replace(/\s+/g, ' ').trim()
  return (words || email.slice(0, email.indexOf('@'))).slice(0, longestName)
}

import { asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import {
  type Database,
  members,
  memberships,
  newsletterSubscriptions,
  tiers,
  users,
} from '../../models/index.ts'
import { derivedId } from './ghost-ids.ts'
import { pageSize, readPages } from './read-pages.ts'

/** In Ghost's order. */
const columns = [
  'id',
  'email',
  'name',
  'note',
  'subscribed_to_emails',
  'complimentary_plan',
  'stripe_customer_id',
  'created_at',
  'deleted_at',
  'labels',
  'tiers',
  'gift_id',
] as const

/** The members as Ghost's own download has them: a heading, then a line each. */
export async function* membersCsv(database: Database): AsyncGenerator<string> {
  yield csvLine(columns)
  for await (const page of readMembers(database)) {
    const ids = page.map(({ id }) => id)
    const held = await readHeld(database, ids)
    const subscribers = await readSubscribers(database, ids)
    yield page
      .map((member) => {
        const own = held.filter(({ userId }) => userId === member.id)
        // Without Stripe, Ghost knows no other way to hold a tier.
        const isGiven = own.some(
          ({ standing }) => standing === 'complimentary' || !member.stripeCustomerId,
        )
        return csvLine([
          member.sourceId ?? derivedId('member', member.id),
          member.email,
          member.name,
          member.note ?? '',
          String(subscribers.has(member.id)),
          isGiven ? 'true' : '',
          member.stripeCustomerId ?? '',
          member.createdAt.toISOString(),
          '',
          (member.labels ?? []).join(','),
          own.map(({ name }) => name).join(','),
          '',
        ])
      })
      .join('')
  }
}

export async function countMembers(database: Database): Promise<number> {
  const [row] = await database
    .select({ count: sql<string>`count(*)` })
    .from(users)
    .where(isMember())
  return Number(row?.count ?? 0)
}

/** Somebody with an account who came as a member, holds a tier or gets a newsletter. */
export function isMember(): SQL<boolean> {
  return sql<boolean>`(exists (select from ${members} where ${members.userId} = ${users.id})
    or exists (select from ${memberships} where ${memberships.userId} = ${users.id})
    or exists (select from ${newsletterSubscriptions}
      where ${newsletterSubscriptions.userId} = ${users.id}))`
}

/** Unique, and indexed. */
function placeOf() {
  return sql<string>`lower(${users.email})`
}

interface Member {
  readonly id: string
  readonly sourceId: string | null
  readonly email: string
  /** As PostgreSQL sorts them. */
  readonly place: string
  readonly name: string
  readonly note: string | null
  readonly labels: readonly string[] | null
  readonly stripeCustomerId: string | null
  readonly createdAt: Date
}

function readMembers(database: Database): AsyncGenerator<readonly Member[]> {
  return readPages<Member>((last) =>
    database
      .select({
        id: users.id,
        sourceId: members.sourceId,
        email: users.email,
        place: placeOf(),
        name: users.displayName,
        note: members.note,
        labels: members.labels,
        stripeCustomerId: members.stripeCustomerId,
        createdAt: sql`coalesce(${members.createdAt}, ${users.createdAt})`.mapWith(users.createdAt),
      })
      .from(users)
      .leftJoin(members, eq(members.userId, users.id))
      .where(last ? sql`${isMember()} and ${placeOf()} > ${last.place}` : isMember())
      .orderBy(asc(placeOf()))
      .limit(pageSize),
  )
}

function readHeld(database: Database, userIds: readonly string[]) {
  return database
    .select({ userId: memberships.userId, standing: memberships.standing, name: tiers.name })
    .from(memberships)
    .innerJoin(tiers, eq(tiers.id, memberships.tierId))
    .where(
      sql`${inArray(memberships.userId, [...userIds])}
        and ${tiers.type} = 'paid' and (${memberships.endsAt} is null or ${memberships.endsAt} > now())`,
    )
    .orderBy(asc(tiers.slug))
}

async function readSubscribers(
  database: Database,
  userIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectDistinct({ userId: newsletterSubscriptions.userId })
    .from(newsletterSubscriptions)
    .where(inArray(newsletterSubscriptions.userId, [...userIds]))
  return new Set(rows.map(({ userId }) => userId))
}

/**
 * One line with its end. A cell that a spreadsheet would take for a formula begins with `'`, which Ghost
 * and this platform take away again.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  const isQuoted = /[",\r\n]|^\s|\s$/.test(harmless)
  return isQuoted ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

import { readEmailAddress } from '@rose-ash/shared/contracts/email-address'
import type { Database } from '../../models/index.ts'
import { type CsvRecord, plainCell, readCsv } from './csv.ts'
import { parseGhostDate } from './dates.ts'
import { GhostFileError } from './import-error.ts'
import { nothingDone, type Outcome } from './outcome.ts'
import { type MemberRecord, storeMembers } from './store-members.ts'

const batchSize = 100
const mostProblems = 500

/**
 * The members of a CSV file as Ghost's download has them; only `email` has to be there. A line that cannot be read
 * is named by its number, never by what it holds, and the others are taken. Nobody is sent anything.
 */
export async function importMembersFile(
  database: Database,
  source: string,
  {
    text,
    report,
  }: { readonly text: AsyncIterable<string>; readonly report?: (read: number) => void },
): Promise<Outcome> {
  let outcome: Outcome = nothingDone
  let batch: MemberRecord[] = []
  let columns: ReadonlyMap<string, number> | undefined
  let read = 0
  const problems: string[] = []
  const note = (problem: string) => {
    if (problems.length < mostProblems) problems.push(problem)
  }
  const store = async () => {
    const {
      created,
      updated,
      unchanged,
      problems: found,
    } = await storeMembers(database, source, batch)
    for (const problem of found) note(problem)
    outcome = {
      created: outcome.created + created,
      updated: outcome.updated + updated,
      unchanged: outcome.unchanged + unchanged,
      warnings: [],
    }
    batch = []
    report?.(read)
  }

  for await (const record of records(text)) {
    if (!columns) {
      columns = readHeading(record)
      continue
    }
    read += 1
    const member = readMember(record, columns)
    if (typeof member === 'string') note(`Line ${record.line}: ${member}`)
    else if (member) batch.push(member)
    if (batch.length === batchSize) await store()
  }
  if (!columns) throw new GhostFileError('The file is empty')
  await store()
  return { ...outcome, warnings: problems }
}

/** By whom a line of such a file is named, and their address. What cannot be read is left out. */
export async function* readMemberAddresses(
  text: AsyncIterable<string>,
): AsyncGenerator<{ readonly id: string; readonly email: string }> {
  let columns: ReadonlyMap<string, number> | undefined
  for await (const record of records(text)) {
    if (!columns) {
      columns = readHeading(record)
      continue
    }
    const member = readMember(record, columns)
    if (typeof member === 'object') yield { id: member.sourceId, email: member.email }
  }
}

async function* records(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  try {
    yield* readCsv(text)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const place = { line: Number(cause.message) }
    throw new GhostFileError('The file has a quote that is never closed', place, { cause })
  }
}

/** Whether a first line is that of a list of members. */
export function isMembersHeading(cells: readonly string[]): boolean {
  return cells.some((cell) => nameOf(cell) === 'email')
}

function readHeading({ cells }: CsvRecord): ReadonlyMap<string, number> {
  if (!isMembersHeading(cells)) throw new GhostFileError('The file has no column “email”')
  return new Map(cells.map((cell, index) => [nameOf(cell), index]))
}

function nameOf(cell: string): string {
  return cell.trim().toLowerCase().replaceAll(' ', '_')
}

/** A sentence when the line cannot be read; undefined for somebody who is gone. */
function readMember(
  { cells }: CsvRecord,
  columns: ReadonlyMap<string, number>,
): MemberRecord | string | undefined {
  const cell = (name: string) => plainCell(cells[columns.get(name) ?? -1] ?? '').trim()
  if (cell('deleted_at')) return undefined
  if (cells.length > columns.size) return 'it has more cells than the heading.'
  const email = readEmailAddress(cell('email'))
  if (!email) return 'it has no sound email address.'
  const createdAt = cell('created_at')
  const date = createdAt ? parseGhostDate(createdAt) : undefined
  if (createdAt && !date) return 'its date is not one like 2026-11-22T02:12:32.000Z.'
  const stripeCustomerId = cell('stripe_customer_id') || null
  const isGiven = isYes(cell('complimentary_plan'))
  const standing = stripeCustomerId && !isGiven ? ('paid' as const) : ('complimentary' as const)
  return {
    sourceId: cell('id') || email.toLowerCase(),
    email,
    name: cell('name') || null,
    note: cell('note') || null,
    labels: listOf(cell('labels')),
    tiers: listOf(cell('tiers')).map((name) => ({ name, standing, endsAt: null })),
    newsletters: columns.has('subscribed_to_emails') && isYes(cell('subscribed_to_emails')),
    stripeCustomerId,
    createdAt: date ?? null,
    extra: {},
  }
}

function listOf(cell: string): readonly string[] {
  return cell
    .split(',')
    .map((part) => plainCell(part.trim()))
    .filter(Boolean)
}

function isYes(cell: string): boolean {
  return ['true', '1', 'yes'].includes(cell.toLowerCase())
}

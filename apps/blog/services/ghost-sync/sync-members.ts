import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { type Database, members } from '../../models/index.ts'
import { type MembersOutcome, storeMembers as store } from '../ghost/store-members.ts'
import type { GhostReader, GhostRow } from './ghost-reader.ts'
import { readAll } from './read-changes.ts'
import { readMember } from './site-members.ts'
import type { Difference } from './sweep.ts'
import { withdrawMembers } from './withdraw-members.ts'

export interface StoredMembers extends Omit<MembersOutcome, 'problems'> {
  readonly differences: readonly Difference[]
}

export const nobody: StoredMembers = { created: 0, updated: 0, unchanged: 0, differences: [] }

/** One page of members as the Admin API gives them. */
export async function storeMembers(
  database: Database,
  source: string,
  { rows, before }: { readonly rows: readonly GhostRow[]; readonly before: StoredMembers },
): Promise<StoredMembers> {
  const records = rows.flatMap((row) => readMember(row) ?? [])
  const stored = await store(database, source, records)
  return {
    created: before.created + stored.created,
    updated: before.updated + stored.updated,
    unchanged: before.unchanged + stored.unchanged,
    differences: [
      ...before.differences,
      ...stored.problems.map((what) => ({ kind: 'member', sourceId: '', what })),
    ],
  }
}

const ourPage = 500

/**
 * Compares the members' ids: reads again whom a change by time did not show, and takes from those who are gone
 * there what they held by the site. Their accounts stay.
 */
export async function sweepMembers(
  database: Database,
  source: string,
  {
    reader,
    before,
    signal,
  }: {
    readonly reader: GhostReader
    readonly before: StoredMembers
    readonly signal?: AbortSignal | undefined
  },
): Promise<StoredMembers> {
  const there = new Set<string>()
  let stored = before
  for await (const rows of readAll(reader, 'members', { signal })) {
    for (const { id } of rows) there.add(id)
    const again = await storeMembers(database, source, { rows, before: nobody })
    stored = {
      ...stored,
      created: stored.created + again.created,
      updated: stored.updated + again.updated,
    }
  }
  for await (const page of listHere(database, source)) {
    const gone = page.filter(({ sourceId }) => sourceId !== null && !there.has(sourceId))
    const taken = await withdrawMembers(
      database,
      source,
      gone.map(({ userId }) => userId),
    )
    stored = { ...stored, updated: stored.updated + taken }
  }
  return stored
}

async function* listHere(database: Database, source: string) {
  const { userId, sourceId } = members
  let last: string | undefined
  for (;;) {
    const page = await database
      .select({ userId, sourceId })
      .from(members)
      .where(and(eq(members.source, source), last === undefined ? undefined : gt(sourceId, last)))
      .orderBy(asc(sourceId))
      .limit(ourPage)
    if (page.length === 0) return
    yield page
    last = page.at(-1)?.sourceId ?? undefined
  }
}

/** By the site's ids. */
export async function withdrawBySourceId(
  database: Database,
  source: string,
  sourceIds: readonly string[],
): Promise<void> {
  if (sourceIds.length === 0) return
  const found = await database
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.source, source), inArray(members.sourceId, [...sourceIds])))
  await withdrawMembers(
    database,
    source,
    found.map(({ userId }) => userId),
  )
}

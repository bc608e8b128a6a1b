import { emitActivity } from '@rose-ash/shared/events/emit-activity'
import { openDatabaseSession } from '@rose-ash/shared/infrastructure/database-session'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import type { Database } from '../../models/index.ts'
import { lockSource } from '../ghost/import-lock.ts'
import { addOutcomes, nothingDone, type Outcome } from '../ghost/outcome.ts'
import { relateImported } from '../ghost/relate-imported.ts'
import type { GhostReader, GhostResource } from './ghost-reader.ts'
import { keepPlace } from './keep-place.ts'
import { leadFromOldAddresses } from './old-addresses.ts'
import { openSite, type SiteAccess } from './open-site.ts'
import { readAll, readChanges } from './read-changes.ts'
import { createSiteImport, type SiteImport } from './site-import.ts'
import { changeSource, findGhostSource, type GhostSource } from './sources.ts'
import { sweep } from './sweep.ts'
import { sentenceOfFailure } from './sync-failure.ts'
import { nobody, type StoredMembers, storeMembers, sweepMembers } from './sync-members.ts'

export interface SyncProgress {
  readonly phase: GhostResource | 'sweep'
  /** Rows of this kind that have been read. */
  readonly read: number
}

export interface SyncOptions extends SiteAccess {
  readonly database: Database
  readonly mediaFolder: string
  readonly log: Pick<Logger, 'info'>
  readonly sourceId: string
  /** Ends it after the page in hand, with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined
}

export interface SyncResult extends Outcome {
  readonly source: string
  readonly unpublished: number
  readonly members: StoredMembers
}

/**
 * Brings a site's changes here, then compares all ids. Where it has come to is kept with every page, so that
 * a run that was killed goes on there. Throws GhostSiteError, and ConflictError while the same site is being
 * imported; what happened stands in the source.
 */
export async function syncSource(options: SyncOptions): Promise<SyncResult> {
  const { database, sourceId } = options
  const source = await findGhostSource(database, sourceId)
  if (!source) throw new Error(`there is no Ghost source ${sourceId}`)
  await using session = await openDatabaseSession(database)
  await lockSource(session.database, source.name)
  const started = { state: 'running', startedAt: new Date(), error: null, counts: {} } as const
  await changeSource(database, sourceId, started)
  try {
    const result = await run(options, source, session.database)
    const finished = { state: 'done', finishedAt: new Date(), counts: countsOf(result) } as const
    await changeSource(database, sourceId, finished)
    await tell(database, sourceId, result)
    options.log.info({ source: source.name, ...countsOf(result) }, 'Ghost sync finished')
    return result
  } catch (error) {
    await changeSource(database, sourceId, {
      state: 'failed',
      finishedAt: new Date(),
      error: sentenceOfFailure(error),
    })
    throw error
  }
}

/** Kinds that are few, and named by posts. */
const fewKinds = ['tiers', 'newsletters', 'tags', 'users'] as const

async function run(
  options: SyncOptions,
  source: GhostSource,
  session: Database,
): Promise<SyncResult> {
  const { database, mediaFolder, outgoing, signal, onProgress } = options
  const reader = openSite(options, source)
  const { url: publicUrl, timeZone } = await reader.site(signal)
  const siteImport = createSiteImport({
    database,
    session,
    mediaFolder,
    outgoing,
    reader,
    source,
    publicUrl,
    signal,
  })
  let outcome: Outcome = nothingDone
  for (const kind of fewKinds) {
    let read = 0
    for await (const rows of readAll(reader, kind, { signal })) {
      outcome = addOutcomes(outcome, await siteImport.store(kind, rows))
      onProgress?.({ phase: kind, read: (read += rows.length) })
    }
  }
  const changes = await readPosts({ options, source, reader, siteImport, before: outcome })
  outcome = changes.outcome
  const members = reader.kind === 'admin' ? await readMembers(options, source, reader) : nobody

  onProgress?.({ phase: 'sweep', read: 0 })
  const swept = await sweep({ database, reader, source, siteImport, signal })
  outcome = addOutcomes(outcome, swept.outcome)
  await relateImported(database, source.name)
  outcome = addOutcomes(
    outcome,
    await leadFromOldAddresses({ database, source: source.name, reader, timeZone, signal }),
  )
  await changeSource(database, source.id, {
    differences: [...swept.differences, ...members.differences].slice(0, 500),
  })
  return { ...outcome, source: source.name, unpublished: swept.unpublished, members }
}

async function readPosts({
  options,
  source,
  reader,
  siteImport,
  before,
}: {
  readonly options: SyncOptions
  readonly source: GhostSource
  readonly reader: GhostReader
  readonly siteImport: SiteImport
  readonly before: Outcome
}): Promise<{ readonly outcome: Outcome }> {
  const { database, signal, onProgress } = options
  let outcome = before
  for (const kind of ['posts', 'pages'] as const) {
    let read = 0
    const from = { cursor: source.cursors[kind], ...(signal && { signal }) }
    for await (const { rows, cursor } of readChanges(reader, kind, from)) {
      signal?.throwIfAborted()
      outcome = addOutcomes(outcome, await siteImport.store(kind, rows))
      onProgress?.({ phase: kind, read: (read += rows.length) })
      await keepPlace(database, source.id, { kind, cursor, counts: countsOfOutcome(outcome) })
    }
  }
  return { outcome }
}

async function readMembers(
  options: SyncOptions,
  source: GhostSource,
  reader: GhostReader,
): Promise<StoredMembers> {
  const { database, signal, onProgress } = options
  let stored: StoredMembers = nobody
  let read = 0
  const from = { cursor: source.cursors['members'], ...(signal && { signal }) }
  for await (const { rows, cursor } of readChanges(reader, 'members', from)) {
    stored = await storeMembers(database, source.name, { rows, before: stored })
    onProgress?.({ phase: 'members', read: (read += rows.length) })
    await keepPlace(database, source.id, { kind: 'members', cursor })
  }
  return sweepMembers(database, source.name, { reader, before: stored, signal })
}

function countsOf(result: SyncResult): Readonly<Record<string, number>> {
  const { unpublished, members } = result
  return {
    ...countsOfOutcome(result),
    unpublished,
    membersCreated: members.created,
    membersUpdated: members.updated,
    membersUnchanged: members.unchanged,
  }
}

function countsOfOutcome({ created, updated, unchanged, warnings }: Outcome) {
  return { created, updated, unchanged, warnings: warnings.length }
}

async function tell(database: Database, sourceId: string, result: SyncResult): Promise<void> {
  const { created, updated, unchanged, unpublished, warnings } = result
  if (created + updated + unpublished === 0) return
  await database.transaction((transaction) =>
    emitActivity(transaction, {
      type: 'ImportFinished',
      originApp: 'blog',
      actorUserId: null,
      objectType: 'Import',
      objectId: sourceId,
      payload: { created, updated: updated + unpublished, unchanged, warnings: warnings.length },
    }),
  )
}

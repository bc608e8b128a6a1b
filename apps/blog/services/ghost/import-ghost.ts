import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { emitActivity } from '@rose-ash/shared/events/emit-activity'
import { openDatabaseSession } from '@rose-ash/shared/infrastructure/database-session'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import type { Database } from '../../models/index.ts'
import { openExportFile } from './export-file.ts'
import { importBesides } from './import-besides.ts'
import { recordFailure } from './import-failure.ts'
import { lockSource } from './import-lock.ts'
import { beginImport, finishImport } from './import-record.ts'
import { guessSource, importSettingsFile, timeZonesOf } from './import-settings-file.ts'
import { importTables } from './import-tables.ts'
import type { Outcome } from './outcome.ts'
import { importOwnParts } from './own-parts/import-own-parts.ts'
import type { ImportProgress } from './progress.ts'
import { readExport } from './read-export.ts'
import { type GhostFileKind, recogniseFile } from './recognise-file.ts'
import { relateImported } from './relate-imported.ts'
import { findSource, sourceOf } from './source-name.ts'
import { createStaging, type Staging } from './staging.ts'

export interface ImportOptions {
  readonly database: Database
  /** Files go to `<mediaFolder>/content/images/…`, where every app serves them. */
  readonly mediaFolder: string
  /** Path of a `.json` or `.zip` export. */
  readonly file: string
  /** What the file is called for people, where that differs from its name on disk. */
  readonly fileName?: string | undefined
  /** Name of the site; without it the export's own title says it. */
  readonly siteName?: string | undefined
  readonly log: Pick<Logger, 'info'>
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined
  /** Ends the import after the batch in hand, with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** The platform's, IANA name: for files that do not say their site's. */
  readonly timeZone?: string | undefined
  /** The member who asked for it. */
  readonly startedBy?: string | undefined
  /** A row made by `createImportRecord`, to be brought up to date. */
  readonly importId?: string | undefined
}

/** Posts, pages, tags and authors together; files are not counted. */
export interface ImportResult extends Outcome {
  readonly importId: string
  readonly source: string
}

/**
 * Brings a Ghost site here: posts, pages, tags, authors and files; or what else its owner has downloaded of it:
 * members, redirects, routes. What is here already and has not
 * changed there is left alone, so an import can be run again at any time, also after it was killed.
 *
 * The whole file is checked before anything is stored. Throws GhostFileError when it is no sound
 * export, and ConflictError while another import of the same site is running; both change nothing.
 */
export async function importGhost(options: ImportOptions): Promise<ImportResult> {
  try {
    const kind = await recogniseFile(options.file)
    return kind === 'export' ? await runImport(options) : await runSettings(options, kind)
  } catch (error) {
    const { database, importId } = options
    if (importId) await recordFailure(database, { importId, isUpload: true }, error)
    throw error
  }
}

/** A file of another kind than an export. */
async function runSettings(
  options: ImportOptions,
  kind: Exclude<GhostFileKind, 'export'>,
): Promise<ImportResult> {
  const { database, log, startedBy } = options
  await using session = await openDatabaseSession(database)
  const source = options.siteName ? sourceOf(options.siteName) : await guessSource(database)
  await lockSource(session.database, source)
  const fileName = options.fileName ?? basename(options.file)
  const begin = { id: options.importId, source, startedBy, fileName, totalCount: 0 }
  const importId = await beginImport(database, begin)
  log.info({ importId, source, kind }, 'Ghost import started')
  try {
    const open = async () => createReadStream(options.file)
    const timeZones = timeZonesOf(undefined, options.timeZone)
    const outcome = await importSettingsFile(database, { kind, open }, { source, timeZones })
    await database.transaction((transaction) => finishImport(transaction, importId, outcome))
    return { ...outcome, importId, source }
  } catch (error) {
    await recordFailure(database, { importId, isUpload: Boolean(options.importId) }, error)
    throw error
  }
}

async function runImport(options: ImportOptions): Promise<ImportResult> {
  const { database, log, startedBy } = options
  const report = reporter(options)
  await using file = await openExportFile(options.file)
  // One connection: the lock and the staged rows live as long as it does.
  await using session = await openDatabaseSession(database)
  const staging = await createStaging(session.database)
  const site = await readExport(file, staging, (processed) =>
    report({ phase: 'reading', processed, total: file.sizeBytes }),
  )
  const source = options.siteName
    ? sourceOf(options.siteName)
    : await findSource(session.database, site.title)
  await lockSource(session.database, source)

  const counts = await countRows(staging)
  const importId = await beginImport(database, {
    id: options.importId,
    source,
    startedBy,
    fileName: options.fileName ?? file.name,
    totalCount: counts.tags + counts.authors + counts.posts,
  })
  log.info({ importId, source, ...counts, files: file.media.length }, 'Ghost import started')
  try {
    const adoptedTags = new Map<string, string>()
    const { mediaFolder } = options
    const outcome = await importTables({
      database,
      mediaFolder,
      session: session.database,
      file,
      staging,
      source,
      importId,
      adoptedTags,
      report,
    })
    await relateImported(database, source)
    const timeZones = timeZonesOf(site.timeZone, options.timeZone)
    const besides = await importBesides(database, file, { source, timeZones })
    const own = await importOwnParts(database, file, { source, adoptedTags })
    const warnings = [...outcome.warnings, ...besides, ...own.warnings]
    await session.database.transaction(async (transaction) => {
      await finishImport(transaction, importId, { ...outcome, warnings })
      const { created, updated, unchanged } = outcome
      if (created + updated + own.changed === 0) return
      await emitActivity(transaction, {
        type: 'ImportFinished',
        originApp: 'blog',
        actorUserId: startedBy ?? null,
        objectType: 'Import',
        objectId: importId,
        payload: { created, updated, unchanged, warnings: warnings.length },
      })
    })
    return { ...outcome, warnings, importId, source }
  } catch (error) {
    await recordFailure(database, { importId, isUpload: Boolean(options.importId) }, error)
    throw error
  }
}

function reporter({ onProgress, signal }: ImportOptions): (progress: ImportProgress) => void {
  return (progress) => {
    signal?.throwIfAborted()
    onProgress?.(progress)
  }
}

async function countRows(staging: Staging) {
  return {
    tags: await staging.count('tags'),
    authors: await staging.count('users'),
    posts: await staging.count('posts'),
  }
}

import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Database } from '../../models/index.ts'
import { slugify } from '../ghost/slugs.ts'
import { countContent } from './count-content.ts'
import type { ExportChoice } from './export-choice.ts'
import { readGhostIds } from './ghost-ids.ts'
import { ghostJson } from './ghost-json.ts'
import { addMediaFiles } from './media-files.ts'
import { readmeText } from './readme-text.ts'
import type { ExportedSite } from './setting-rows.ts'
import { createSiteAddresses } from './site-addresses.ts'
import { openSnapshot } from './snapshot.ts'
import { createZipFile, type ZipFile } from './zip-file.ts'

export interface ExportOptions {
  readonly database: Database
  readonly mediaFolder: string
  readonly site: ExportedSite
  readonly choice: ExportChoice
  /** Where the archive is to lie. What lies there is replaced. */
  readonly file: string
  readonly exportedAt: Date
  readonly onProgress?: (progress: ExportProgress) => void
  /** Ends it after the file in hand, with the signal's reason. */
  readonly signal?: AbortSignal
}

/** Steps of work: a post each time it is written, and a file. */
export interface ExportProgress {
  readonly done: number
  readonly total: number
}

export interface ExportResult {
  readonly warnings: readonly string[]
}

/**
 * Writes the whole site into one archive, as it is at one moment. Needs as much memory for a large site as
 * for a small one: rows come in pages, files are streamed, and one entry is packed after the other.
 */
export async function exportSite(options: ExportOptions): Promise<ExportResult> {
  await mkdir(dirname(options.file), { recursive: true })
  await using snapshot = await openSnapshot(options.database)
  const zip = createZipFile(options.file, options.exportedAt)
  try {
    const warnings = await fill(zip, { ...options, database: snapshot.database })
    await zip.finish()
    return { warnings }
  } catch (error) {
    zip.abandon(error)
    throw error
  }
}

async function fill(zip: ZipFile, options: ExportOptions): Promise<readonly string[]> {
  const { database, site, choice, exportedAt } = options
  const isForGhost = choice.kind === 'ghost'
  const counts = await countContent(database)
  const ids = await readGhostIds(database)
  const addresses = createSiteAddresses(site.publicUrls.blog)
  const step = stepper(options, counts.posts * (isForGhost ? 1 : 2) + counts.files)

  const json = ghostJson({
    database,
    ids,
    addresses,
    site,
    exportedAt,
    withEmails: choice.withMembers,
    onPosts: step,
  })
  await zip.add(jsonName(site.title, exportedAt), json)
  const warnings = [...(await addMediaFiles({ ...options, zip, onFile: () => step(1) }))]
  if (!isForGhost) await zip.add('README.txt', [readmeText({ site, choice, counts, warnings })])
  return warnings
}

function stepper({ onProgress, signal }: ExportOptions, total: number): (count: number) => void {
  let done = 0
  return (count) => {
    signal?.throwIfAborted()
    done += count
    onProgress?.({ done: Math.min(done, total), total })
  }
}

/** As Ghost calls it: `pebble-tide.ghost.2026-11-22-02-12-33.json`. */
function jsonName(title: string, exportedAt: Date): string {
  return `${siteName(title)}.ghost.${timeName(exportedAt)}.json`
}

/** What the archive is called when somebody saves it. */
export function archiveName(title: string, exportedAt: Date, kind: ExportChoice['kind']): string {
  const what = kind === 'ghost' ? 'for-ghost' : 'export'
  return `${siteName(title)}.${what}.${timeName(exportedAt)}.zip`
}

function siteName(title: string): string {
  return (
    slugify(title)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'site'
  )
}

function timeName(time: Date): string {
  return time.toISOString().slice(0, 19).replace(/[T:]/g, '-')
}

import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Database } from '../../models/index.ts'
import { siteName, timeName } from './archive-name.ts'
import { countContent } from './count-content.ts'
import type { ExportChoice } from './export-choice.ts'
import { readGhostIds } from './ghost-ids.ts'
import { ghostJson } from './ghost-json.ts'
import { graphJson } from './graph-json.ts'
import { addMarkdownFiles } from './markdown-files.ts'
import { addMediaFiles } from './media-files.ts'
import { membersCsv } from './members-csv.ts'
import { navigationJson } from './navigation-json.ts'
import { commentsJson, type OwnParts, revisionLines } from './own-parts.ts'
import { readmeText } from './readme-text.ts'
import { redirectsYaml, routesYaml } from './redirects-yaml.ts'
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
  const step = stepper(options, counts.posts * (isForGhost ? 1 : 2) + counts.files)

  const jsonName = `${siteName(site.title)}.ghost.${timeName(exportedAt)}.json`
  const json = ghostJson({
    database,
    ids,
    addresses: createSiteAddresses(site.publicUrls.blog),
    site,
    exportedAt,
    withEmails: choice.withMembers,
    onPosts: step,
  })
  await zip.add(jsonName, json)
  const warnings = await addMediaFiles({ ...options, zip, onFile: () => step(1) })
  if (isForGhost) return warnings
  await addMarkdownFiles({ database, ids, zip, onPost: () => step(1) })
  await zip.add('redirects.yaml', redirectsYaml(database))
  await zip.add('routes.yaml', [routesYaml])
  await addOwnParts(zip, { database, ids, withMembers: choice.withMembers }, choice)
  await zip.add('README.txt', [readmeText({ site, choice, counts, jsonName, warnings })])
  return warnings
}

async function addOwnParts(zip: ZipFile, parts: OwnParts, choice: ExportChoice): Promise<void> {
  await zip.add('rose-ash/graph.json', graphJson(parts))
  await zip.add('rose-ash/comments.json', commentsJson(parts))
  await zip.add('rose-ash/navigation.json', navigationJson(parts))
  if (choice.withRevisions) await zip.add('rose-ash/revisions.ndjson', revisionLines(parts))
  if (choice.withMembers) await zip.add('members.csv', membersCsv(parts.database))
}

function stepper({ onProgress, signal }: ExportOptions, total: number): (count: number) => void {
  let done = 0
  return (count) => {
    signal?.throwIfAborted()
    done += count
    onProgress?.({ done: Math.min(done, total), total })
  }
}

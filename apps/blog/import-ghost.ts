import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { importSite, type SiteCommand } from './import-ghost-site.ts'
import { importGhost, type ImportResult } from './services/ghost/import-ghost.ts'
import type { ImportProgress } from './services/ghost/progress.ts'

export const usage = [
  'Usage: pnpm import:ghost <export.json or export.zip> [--source <name>]',
  '       pnpm import:ghost <members.csv, redirects.yaml or routes.yaml>',
  '       pnpm import:ghost --from <https://the.site> [--key <Admin API key> | --content-key <key>]',
  'Without a key it is taken from GHOST_KEY, or else from standard input.',
].join('\n')

/** Somebody typed the command in a way that means nothing; the message ends with how to type it. */
export class ImportUsageError extends Error {
  override name = 'ImportUsageError'
}

/** A file; or a site that is read by its API. */
export type ImportCommand = FileCommand | SiteCommand

interface FileCommand {
  /** Absolute. */
  readonly file: string
  readonly siteName: string | undefined
}

/** How to come by the key when the words have none. */
type ReadKey = () => Promise<string>

/** Throws ImportUsageError, also when there is no such file. */
export async function parseImportCommand(
  words: readonly string[],
  folder: string,
  readKey: ReadKey = async () => '',
): Promise<ImportCommand> {
  const { positionals, values } = parseWords(words)
  const [name, ...more] = positionals
  if (values.from !== undefined) {
    if (name !== undefined) throw new ImportUsageError(usage)
    return { site: await readSite(values.from, values, readKey) }
  }
  const hasKey = values.key !== undefined || values['content-key'] !== undefined
  if (name === undefined || more.length > 0 || hasKey) throw new ImportUsageError(usage)
  const file = resolve(folder, name)
  const found = await stat(file).catch(() => undefined)
  if (!found) throw new ImportUsageError(`There is no file ${file}.\n${usage}`)
  if (!found.isFile()) throw new ImportUsageError(`${file} is a folder, not an export.\n${usage}`)
  return { file, siteName: values.source }
}

async function readSite(
  address: string,
  values: Readonly<Record<string, string | undefined>>,
  readKey: ReadKey,
): Promise<SiteCommand['site']> {
  const contentKey = values['content-key']
  if (values['key'] !== undefined && contentKey !== undefined) throw new ImportUsageError(usage)
  const given = contentKey ?? values['key'] ?? '-'
  const key = (given === '-' ? await readKey() : given).trim()
  if (key === '') throw new ImportUsageError(`A key of the site is needed.\n${usage}`)
  return { address, key, kind: contentKey === undefined ? 'admin' : 'content' }
}

function parseWords(words: readonly string[]) {
  // `pnpm import:ghost -- export.json` hands the two dashes on.
  const args = words.filter((word) => word !== '--')
  const text = { type: 'string' } as const
  const options = { source: text, from: text, key: text, 'content-key': text }
  try {
    return parseArgs({ args, allowPositionals: true, options })
  } catch (cause) {
    throw new ImportUsageError(usage, { cause })
  }
}

export interface ImportCommandRun {
  readonly command: ImportCommand
  readonly databaseUrl: string
  readonly mediaFolder: string
  /** Keys of sites are sealed under it. */
  readonly secretKey: string
  readonly signal: AbortSignal
  /** Takes whole lines: the report, of which the last holds the counts. */
  readonly write: (line: string) => void
  /** Takes whole lines that say how far it is. */
  readonly writeProgress: (line: string) => void
}

/**
 * Brings the database up to date, imports and reports. Throws what `importGhost` and `syncSource` throw; run again
 * it goes on.
 */
export async function runImportCommand(run: ImportCommandRun): Promise<void> {
  const { command, databaseUrl, mediaFolder, signal, write, writeProgress } = run
  await migrateDatabase({ url: databaseUrl })
  await using connection = createDatabase({
    url: databaseUrl,
    applicationName: 'rose-ash import',
    poolSize: 4,
  })
  const { database } = connection
  const log = createLog({ app: 'blog', level: 'silent' })
  const tools = { database, mediaFolder, log, signal }
  if ('site' in command) {
    await importSite({ ...tools, ...command, secretKey: run.secretKey, write, writeProgress })
    return
  }
  const onProgress = createProgressLines(writeProgress)
  const result = await importGhost({ ...tools, ...command, onProgress })
  for (const warning of result.warnings) write(`Warning: ${warning}`)
  write(`From ${result.source}: posts, pages, tags and authors together`)
  write(summaryOf(result))
}

/** The last line of the report; other programs read it. */
export function summaryOf(result: Omit<ImportResult, 'importId' | 'source'>): string {
  const { created, updated, unchanged, warnings } = result
  return `${created} created, ${updated} updated, ${unchanged} unchanged, ${warnings.length} warnings`
}

const phases: Readonly<Record<ImportProgress['phase'], string>> = {
  reading: 'Reading, MB',
  media: 'Files',
  tags: 'Tags',
  authors: 'Authors',
  posts: 'Posts and pages',
}

/** A line for each phase's end, and every second in between. */
function createProgressLines(write: (line: string) => void): (progress: ImportProgress) => void {
  let written = Date.now()
  return ({ phase, processed, total }) => {
    const isDue = Date.now() - written >= 1000
    if (!isDue && processed < total) return
    written = Date.now()
    const unit = phase === 'reading' ? 1_000_000 : 1
    const [done, all] = [processed / unit, total / unit].map((count) =>
      count.toLocaleString('en-GB', { maximumFractionDigits: 1 }),
    )
    write(`${phases[phase]}: ${done} of ${all}`)
  }
}

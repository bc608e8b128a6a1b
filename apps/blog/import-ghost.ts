import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { importGhost, type ImportResult } from './services/ghost/import-ghost.ts'
import type { ImportProgress } from './services/ghost/progress.ts'

export const usage = 'Usage: pnpm import:ghost <export.json or export.zip> [--source <name>]'

/** Somebody typed the command in a way that means nothing; the message ends with how to type it. */
export class ImportUsageError extends Error {
  override name = 'ImportUsageError'
}

export interface ImportCommand {
  /** Absolute. */
  readonly file: string
  readonly siteName: string | undefined
}

/** Throws ImportUsageError, also when there is no such file. */
export async function parseImportCommand(
  words: readonly string[],
  folder: string,
): Promise<ImportCommand> {
  const { positionals, values } = parseWords(words)
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0) throw new ImportUsageError(usage)
  const file = resolve(folder, name)
  const found = await stat(file).catch(() => undefined)
  if (!found) throw new ImportUsageError(`There is no file ${file}.\n${usage}`)
  if (!found.isFile()) throw new ImportUsageError(`${file} is a folder, not an export.\n${usage}`)
  return { file, siteName: values.source }
}

function parseWords(words: readonly string[]) {
  // `pnpm import:ghost -- export.json` hands the two dashes on.
  const args = words.filter((word) => word !== '--')
  try {
    return parseArgs({ args, allowPositionals: true, options: { source: { type: 'string' } } })
  } catch (cause) {
    throw new ImportUsageError(usage, { cause })
  }
}

export interface ImportCommandRun extends ImportCommand {
  readonly databaseUrl: string
  readonly mediaFolder: string
  readonly signal: AbortSignal
  /** Takes whole lines: the report, of which the last holds the counts. */
  readonly write: (line: string) => void
  /** Takes whole lines that say how far it is. */
  readonly writeProgress: (line: string) => void
}

/** Brings the database up to date, imports the file and reports. Throws what `importGhost` throws. */
export async function runImportCommand(run: ImportCommandRun): Promise<ImportResult> {
  const { databaseUrl, write, writeProgress, ...rest } = run
  await migrateDatabase({ url: databaseUrl })
  await using connection = createDatabase({
    url: databaseUrl,
    applicationName: 'rose-ash import',
    poolSize: 4,
  })
  const result = await importGhost({
    ...rest,
    database: connection.database,
    log: createLog({ app: 'blog', level: 'silent' }),
    onProgress: createProgressLines(writeProgress),
  })
  for (const warning of result.warnings) write(`Warning: ${warning}`)
  write(`From ${result.source}: posts, pages, tags and authors together`)
  write(summaryOf(result))
  return result
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

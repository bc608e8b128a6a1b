import { rename, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Database } from '../../models/index.ts'
import type { ExportChoice } from './export-choice.ts'
import { exportSite } from './export-site.ts'
import type { ExportedSite } from './setting-rows.ts'

const usage = [
  'Usage: pnpm export <file.zip> [--members] [--revisions] [--site <https://the.site>]',
  '       pnpm export <file.zip> --for-ghost [--site <https://the.site>]',
].join('\n')

/** Somebody typed the command in a way that means nothing; the message says how to type it. */
export class ExportUsageError extends Error {
  override name = 'ExportUsageError'
}

export interface ExportCommand {
  /** Absolute, and free. */
  readonly file: string
  readonly choice: ExportChoice
  /** The blog's public address, where it is not the configured one. */
  readonly address: string | undefined
}

/** Throws ExportUsageError, also when something lies where the archive is to be. */
export async function parseExportCommand(
  words: readonly string[],
  folder: string,
): Promise<ExportCommand> {
  const { positionals, values } = parseWords(words)
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0) throw new ExportUsageError(usage)
  const isForGhost = values['for-ghost'] === true
  const [withMembers, withRevisions] = [values.members === true, values.revisions === true]
  if (isForGhost && (withMembers || withRevisions)) {
    throw new ExportUsageError(`Ghost’s import takes neither members nor revisions.\n${usage}`)
  }
  const file = resolve(folder, name)
  if (await isThere(file)) throw new ExportUsageError(`There is something at ${file} already.`)
  return {
    file,
    choice: { kind: isForGhost ? 'ghost' : 'everything', withMembers, withRevisions },
    address: readAddress(values.site),
  }
}

function parseWords(words: readonly string[]) {
  // `pnpm export -- site.zip` hands the two dashes on.
  const args = words.filter((word) => word !== '--')
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { 'for-ghost': flag, members: flag, revisions: flag, site: { type: 'string' } },
    })
  } catch (cause) {
    throw new ExportUsageError(usage, { cause })
  }
}

function readAddress(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ExportUsageError(`“${address}” is no address of a site.\n${usage}`)
  }
  return url.origin
}

export interface ExportCommandRun {
  readonly command: ExportCommand
  readonly database: Database
  readonly mediaFolder: string
  /** As configured. */
  readonly site: ExportedSite
  readonly signal: AbortSignal
  /** Takes whole lines. */
  readonly write: (line: string) => void
  readonly writeProgress: (line: string) => void
}

/** Packs the site. What lies at the file's place when this resolves is whole; nothing does when it throws. */
export async function runExportCommand(run: ExportCommandRun): Promise<void> {
  const { command, site, write, writeProgress } = run
  const { file, address } = command
  const unfinished = `${file}.part`
  const publicUrls = { ...site.publicUrls, ...(address && { blog: address }) }
  let written = Date.now()
  try {
    const { warnings } = await exportSite({
      ...run,
      choice: command.choice,
      site: { ...site, publicUrls },
      file: unfinished,
      exportedAt: new Date(),
      onProgress({ done, total }) {
        if (Date.now() - written < 1000 && done < total) return
        written = Date.now()
        writeProgress(`Packed: ${done} of ${total}`)
      },
    })
    await rename(unfinished, file)
    for (const warning of warnings) write(`Warning: ${warning}`)
    write(`${file}: ${(await stat(file)).size} bytes, ${warnings.length} warnings`)
  } finally {
    await rm(unfinished, { force: true })
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

import type { Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import type { Database } from '../../models/index.ts'
import { GhostFileError } from './import-error.ts'
import { importRedirects } from './import-redirects.ts'
import { importRoutes } from './import-routes.ts'
import { importMembersFile } from './members-file.ts'
import type { Outcome } from './outcome.ts'
import { type GhostFileKind, longestSettings } from './recognise-file.ts'
import { readRedirectsJson, readRedirectsYaml } from './redirects-file.ts'
import { readRoutes } from './routes-file.ts'

export interface SettingsFile {
  readonly kind: Exclude<GhostFileKind, 'export'>
  open(): Promise<Readable>
}

export interface SettingsImport {
  readonly source: string
  /** Where the site may be; it decides the days in its addresses. */
  readonly timeZones: readonly string[]
  readonly report?: (read: number) => void
}

/** Imports a file that a site's owner has downloaded beside the export. Throws GhostFileError. */
export async function importSettingsFile(
  database: Database,
  { kind, open }: SettingsFile,
  { source, timeZones, report }: SettingsImport,
): Promise<Outcome> {
  const text = textOf(await open())
  if (kind === 'members') {
    return importMembersFile(database, source, { text, ...(report && { report }) })
  }
  const whole = await readWhole(text)
  switch (kind) {
    case 'redirects-json':
      return importRedirects(database, source, readRedirectsJson(whole))
    case 'redirects-yaml':
      return importRedirects(database, source, readRedirectsYaml(whole))
    case 'routes':
      return importRoutes(database, { source, routes: readRoutes(whole), timeZones })
  }
}

/** Where a site may be when it was made: its own zone, or else the platform's; and UTC. */
export function timeZonesOf(
  ofSite: string | undefined,
  ofPlatform: string | undefined,
): readonly string[] {
  return [...new Set([ofSite ?? ofPlatform ?? 'UTC', 'UTC'])]
}

export async function* textOf(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for await (const part of bytes) yield decoder.decode(part as Buffer, { stream: true })
  yield decoder.decode()
}

async function readWhole(text: AsyncIterable<string>): Promise<string> {
  let whole = ''
  for await (const part of text) {
    whole += part
    if (whole.length > longestSettings) throw new GhostFileError('The file is too long')
  }
  return whole.replace(/^\uFEFF/, '')
}

/** The site that most of what is here came from; files beside an export do not say whose they are. */
export async function guessSource(database: Database): Promise<string> {
  const { rows } = await database.execute<{ source: string }>(sql`
    select source from posts where source like 'ghost:%'
    group by source order by count(*) desc, source limit 1`)
  return rows[0]?.source ?? 'ghost:site'
}

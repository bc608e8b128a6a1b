import { join } from 'node:path'
import { Readable } from 'node:stream'
import { importRedirects } from '../ghost/import-redirects.ts'
import { importMembersFile } from '../ghost/members-file.ts'
import { readRedirectsYaml } from '../ghost/redirects-file.ts'
import { createImportTarget, type ImportTarget } from '../ghost/test-import.ts'
import { exportSite, type ExportOptions, type ExportResult } from './export-site.ts'
import type { ExportedSite } from './setting-rows.ts'
import { readArchive, type TestArchive } from './test-archive.ts'

export const testSite: ExportedSite = {
  title: 'Pebble & Tide',
  timeZone: 'Europe/London',
  publicUrls: {
    blog: 'https://blog.example',
    market: 'https://market.example',
    cart: 'https://cart.example',
    events: 'https://events.example',
    federation: 'https://federation.example',
    account: 'https://account.example',
  },
}

export interface TestExport extends ExportResult {
  readonly file: string
  readonly archive: TestArchive
}

/** For tests: everything that is in a place, packed and read again. */
export async function exportFrom(
  target: ImportTarget,
  options: Partial<ExportOptions> = {},
): Promise<TestExport> {
  const file = join(target.folder.path, `${crypto.randomUUID()}.zip`)
  const result = await exportSite({
    database: target.connection.database,
    mediaFolder: target.folder.mediaFolder,
    site: testSite,
    choice: { kind: 'everything', withRevisions: false, withMembers: true },
    file,
    exportedAt: new Date('2026-11-26T12:00:00Z'),
    ...options,
  })
  return { ...result, file, archive: await readArchive(file) }
}

/** Exports a place, imports that into an empty one, and exports it again. */
export async function roundTrip(
  target: ImportTarget,
): Promise<{ readonly first: TestExport; readonly second: TestExport }> {
  const first = await exportFrom(target)
  await using empty = await createImportTarget()
  const { database } = empty.connection
  const { source } = await empty.run(first.file)
  const { read } = first.archive
  await importRedirects(database, source, readRedirectsYaml(read('redirects.yaml')))
  await importMembersFile(database, source, { text: Readable.from([read('members.csv')]) })
  return { first, second: await exportFrom(empty) }
}

/** Rows without regard to their order. */
export function sorted(tables: TestArchive['tables']): unknown {
  return Object.fromEntries(
    Object.entries(tables)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([table, rows]) => [
        table,
        rows.toSorted((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1)),
      ]),
  )
}

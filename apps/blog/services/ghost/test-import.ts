import { rm } from 'node:fs/promises'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { importGhost, type ImportOptions, type ImportResult } from './import-ghost.ts'
import { createTestFolder, type ExportData, type TestFolder } from './test-export.ts'

/** For tests: an empty platform to import into. */
export interface ImportTarget extends AsyncDisposable {
  readonly folder: TestFolder
  readonly connection: DatabaseConnection
  /** From a file, or from rows. */
  run(source: string | ExportData, options?: Partial<ImportOptions>): Promise<ImportResult>
  query(sql: string): Promise<Record<string, unknown>[]>
  /** All content, without what chance decides: ids and the time of an import. */
  content(): Promise<string>
  /** Empties it, and these other tables with what refers to them; quicker than a new one. */
  reset(...others: readonly string[]): Promise<void>
  /** Changes when any row is written, even with the same values. */
  rowVersions(): Promise<string>
}

const contentTables = [
  'posts',
  'tags',
  'authors',
  'post_tags',
  'post_authors',
  'redirects',
  'media',
]

export async function createImportTarget(): Promise<ImportTarget> {
  const connection = await createTestDatabase()
  const folder = await createTestFolder()
  const query = async (sql: string) => (await connection.pool.query(sql)).rows
  return {
    folder,
    connection,
    query,
    async run(source, options = {}) {
      const file = typeof source === 'string' ? source : await folder.writeExport(source)
      return importGhost({
        database: connection.database,
        mediaFolder: folder.mediaFolder,
        file,
        log: { info: () => undefined },
        ...options,
      })
    },
    async content() {
      const posts = await query(`
        select (to_jsonb(posts) - 'id') || jsonb_build_object(
          'tags', (select jsonb_agg(tags.slug order by post_tags.sort_order)
             from post_tags join tags on tags.id = tag_id where post_id = posts.id),
          'authors', (select jsonb_agg(authors.slug order by sort_order)
             from post_authors join authors on authors.id = author_id where post_id = posts.id)
        ) as row from posts order by type, slug`)
      const others = await Promise.all(
        ['tags', 'authors', 'redirects', 'media'].map((table) =>
          query(`select to_jsonb(t) - 'id' - 'created_at' as row from ${table} t order by 1`),
        ),
      )
      return JSON.stringify([posts, ...others], undefined, 1)
    },
    async reset(...others) {
      await emptyTables(
        connection.pool,
        ...contentTables,
        'content_imports',
        'ap_activities',
        ...others,
      )
      await rm(folder.mediaFolder, { recursive: true, force: true })
    },
    async rowVersions() {
      const versions = await Promise.all(
        contentTables.map((table) => query(`select xmin, ctid from ${table} order by ctid`)),
      )
      return JSON.stringify(versions)
    },
    async [Symbol.asyncDispose]() {
      await connection.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

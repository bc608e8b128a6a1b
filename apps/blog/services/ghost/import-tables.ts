import type { Database } from '../../models/index.ts'
import type { ExportFile } from './export-file.ts'
import { importContent } from './import-content.ts'
import { findMissingMedia, importMedia } from './import-media.ts'
import { importNewsletters } from './import-newsletters.ts'
import { recordOutcome } from './import-record.ts'
import { importSnippets } from './import-snippets.ts'
import { importTiers } from './import-tiers.ts'
import { createTools } from './load-tools.ts'
import { addOutcomes, nothingDone, type Outcome } from './outcome.ts'
import type { ImportProgress } from './progress.ts'
import type { Staging } from './staging.ts'

export interface TablesImport {
  readonly database: Database
  readonly mediaFolder: string
  readonly session: Database
  readonly file: ExportFile
  readonly staging: Staging
  readonly source: string
  readonly importId: string
  /** Tags that are here already under another source: filled with the export's ids, and ours. */
  readonly adoptedTags: Map<string, string>
  report(progress: ImportProgress): void
}

/** All that stands in the tables of an export, and its files. */
export async function importTables(run: TablesImport): Promise<Outcome> {
  const { database, mediaFolder, session, file, staging, source, importId, report } = run
  const store = { database, mediaFolder }
  const doubles = await staging.findDoubles('posts')
  const media = await importMedia(store, file.media, (processed) =>
    report({ phase: 'media', processed, total: file.media.length }),
  )
  await importTiers(session, source, staging)
  await importNewsletters(session, source, staging)
  const ofSnippets = await importSnippets(session, staging, media.renamed)
  const content = await importContent({
    session,
    staging,
    source,
    adoptedTags: run.adoptedTags,
    record: (outcome) => recordOutcome(session, importId, outcome),
    report,
    workshop: {
      tools: createTools(),
      renamed: media.renamed,
      findMissing: (paths) => findMissingMedia(store, paths),
    },
  })
  const twice = doubles.map((id) => `The file has two posts of the id ${id}; the first was taken.`)
  const warnings = [...twice, ...media.warnings, ...ofSnippets]
  return addOutcomes({ ...nothingDone, warnings }, content)
}

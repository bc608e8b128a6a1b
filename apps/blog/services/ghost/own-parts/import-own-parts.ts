import type { Database, Transaction } from '../../../models/index.ts'
import type { BesideFile, ExportFile } from '../export-file.ts'
import { GhostFileError } from '../import-error.ts'
import { storeComments } from './comments-part.ts'
import { storeGraph } from './graph-part.ts'
import { createImportedIds, type ImportedIds } from './imported-ids.ts'
import { storeNavigation } from './navigation-part.ts'
import { createPartWarnings, type Warn } from './part-warnings.ts'
import { storeRevisions } from './revisions-part.ts'

/** One part on its way in. */
export interface PartImport {
  readonly database: Database
  readonly transaction: Transaction
  readonly file: BesideFile
  /** The archive's list of members, when it has one. */
  readonly membersFile: BesideFile | undefined
  readonly ids: ImportedIds
  readonly warn: Warn
}

/** Returns how much has changed. */
export type StorePart = (part: PartImport) => Promise<number>

/** In the order in which they need each other. */
const parts: readonly (readonly [name: string, store: StorePart])[] = [
  ['rose-ash/navigation.json', storeNavigation],
  ['rose-ash/graph.json', storeGraph],
  ['rose-ash/comments.json', storeComments],
  ['rose-ash/revisions.ndjson', storeRevisions],
]

/**
 * What an archive of this platform's own holds beside the Ghost export, after that is here. What is here already
 * stays as it is, so a second time changes nothing. Each part is taken over whole or, when its file is damaged, not
 * at all; rows that cannot be read, or are about what is not here, are left out. Both are warned about.
 */
export async function importOwnParts(
  database: Database,
  file: Pick<ExportFile, 'ownParts' | 'besides'>,
  origin: { readonly source: string; readonly adoptedTags: ReadonlyMap<string, string> },
): Promise<{ readonly changed: number; readonly warnings: readonly string[] }> {
  const ids = createImportedIds(database, origin)
  const membersFile = file.besides.find(({ name }) => /\.csv$/i.test(name))
  const all: string[] = []
  let changed = 0
  for (const [name, store] of parts) {
    const found = file.ownParts.find((part) => part.name === name)
    if (!found) continue
    const { warn, list } = createPartWarnings(name)
    try {
      changed += await database.transaction((transaction) =>
        store({ database, transaction, file: found, membersFile, ids, warn }),
      )
      all.push(...list())
    } catch (error) {
      if (!(error instanceof GhostFileError)) throw error
      all.push(`${name}: ${error.message} Nothing of it was taken over.`)
    }
  }
  return { changed, warnings: all }
}

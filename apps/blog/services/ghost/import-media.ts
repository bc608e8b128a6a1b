import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inArray } from 'drizzle-orm'
import { media } from '../../models/index.ts'
import type { ExportMedia } from './export-file.ts'
import { adoptMedia, type MediaStore, storeMedia } from './store-media.ts'

export interface ImportedMedia {
  /** From the path in the export to the path here, for those that differ. */
  readonly renamed: ReadonlyMap<string, string>
  readonly warnings: readonly string[]
}

/** Each picture may take all of a core while it is made smaller. */
const atOnce = 2

/** Copies every file of the archive. What cannot be copied is a warning, not the end. */
export async function importMedia(
  store: MediaStore,
  files: readonly ExportMedia[],
  onProgress: (processed: number) => void,
): Promise<ImportedMedia> {
  const renamed = new Map<string, string>()
  const warnings: string[] = []
  const waiting = [...files]
  let processed = 0
  await removeOldIncoming(store.mediaFolder)
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let file = waiting.shift(); file; file = waiting.shift()) {
        try {
          const stored = await storeMedia(store, file)
          if (stored.path !== file.path) renamed.set(file.path, stored.path)
          warnings.push(...stored.warnings)
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error)
          warnings.push(`The file ${file.path} could not be taken over: ${reason}.`)
        }
        processed += 1
        onProgress(processed)
      }
    }),
  )
  return { renamed, warnings: warnings.toSorted() }
}

/** Those of the paths that are neither known nor lying in the media folder. */
export async function findMissingMedia(
  store: MediaStore,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return []
  const known = await store.database
    .select({ path: media.path })
    .from(media)
    .where(inArray(media.path, [...paths]))
  const missing: string[] = []
  for (const path of paths.filter((other) => !known.some((row) => row.path === other))) {
    const isSafe = !path.split('/').includes('..')
    if (!isSafe || !(await adoptMedia(store, path))) missing.push(path)
  }
  return missing
}

const dayMilliseconds = 86_400_000

/** A killed import leaves the files that it was copying. */
async function removeOldIncoming(mediaFolder: string): Promise<void> {
  const folder = join(mediaFolder, '.incoming')
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found && found.mtimeMs < Date.now() - dayMilliseconds) await rm(path, { force: true })
  }
}

import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { and, asc, gt, notLike, type SQL } from 'drizzle-orm'
import { type Database, media } from '../../models/index.ts'
import { pageSize, readPages } from './read-pages.ts'
import type { ZipFile } from './zip-file.ts'

type MediaRow = Pick<typeof media.$inferSelect, 'path' | 'contentType'>

export interface MediaFiles {
  readonly database: Database
  readonly mediaFolder: string
  readonly zip: ZipFile
  readonly onFile: () => void
}

/** Every picture, film, sound and document as it was given, once. Returns what is gone, in sentences. */
export async function addMediaFiles(files: MediaFiles): Promise<readonly string[]> {
  const warnings: string[] = []
  const root = await realpath(files.mediaFolder).catch(() => files.mediaFolder)
  for await (const page of readMedia(files.database)) {
    for (const row of page) {
      const problem = await addFile(row, root, files.zip)
      if (problem) warnings.push(problem)
      files.onFile()
    }
  }
  return warnings
}

function readMedia(database: Database): AsyncGenerator<readonly MediaRow[]> {
  const { path, contentType } = media
  return readPages<MediaRow>((last) =>
    database
      .select({ path, contentType })
      .from(media)
      .where(and(isOriginalFile(), last && gt(path, last.path)))
      .orderBy(asc(path))
      .limit(pageSize),
  )
}

/** The smaller copies are made anew wherever the originals are. */
export function isOriginalFile(): SQL {
  return notLike(media.path, '/content/images/size/%')
}

async function addFile(row: MediaRow, root: string, zip: ZipFile): Promise<string | undefined> {
  if (!isSafe(row.path))
    return `The file ${JSON.stringify(row.path)} has a name that cannot be packed.`
  const file = await realpath(join(root, row.path)).catch(() => undefined)
  const facts = file === undefined ? undefined : await stat(file)
  if (file === undefined || !facts?.isFile() || !file.startsWith(root + sep)) {
    return `The file ${row.path} is known and not there.`
  }
  await zip.add(row.path.slice(1), createReadStream(file), {
    compresses: !/^(?:image\/(?!svg|bmp)|audio|video)/.test(row.contentType),
    sizeBytes: facts.size,
  })
  return undefined
}

function isSafe(path: string): boolean {
  const parts = path.split('/').slice(1)
  return (
    /^\/content\/(?:images|media|files)\/./.test(path) &&
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    !/[\\\u0000-\u001f]/.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..')
  )
}

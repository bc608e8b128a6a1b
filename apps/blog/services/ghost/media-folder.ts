import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { BesideFile, ExportMedia } from './export-file.ts'

const kinds = ['images', 'media', 'files']

/**
 * The files beside a `.json` where an archive has been unpacked: `content/images`, `content/media` and
 * `content/files`. None when it stands alone. Links are left out: they may lead anywhere.
 */
export async function readMediaFolder(jsonPath: string): Promise<readonly ExportMedia[]> {
  const folder = dirname(jsonPath)
  const lists = await Promise.all(kinds.map((kind) => readFiles(join(folder, 'content', kind))))
  return Promise.all(
    lists.flat().map(async (path) => ({
      path: `/${relative(folder, path).replaceAll(sep, '/')}`,
      sizeBytes: (await stat(path)).size,
      open: async () => createReadStream(path),
    })),
  )
}

/** The files in `rose-ash/` beside a `.json` where an archive of this platform's own has been unpacked. */
export async function readOwnPartsFolder(jsonPath: string): Promise<readonly BesideFile[]> {
  const folder = dirname(jsonPath)
  const paths = await readFiles(join(folder, 'rose-ash'))
  return Promise.all(
    paths.map(async (path) => ({
      name: relative(folder, path).replaceAll(sep, '/'),
      sizeBytes: (await stat(path)).size,
      open: async () => createReadStream(path),
    })),
  )
}

async function readFiles(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    return files.map((entry) => join(entry.parentPath, entry.name)).toSorted()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  }
}

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
  const lists = await Promise.all(
    kinds.map((kind) => readFiles(join(folder, 'content', kind), { recursive: true })),
  )
  const files = await describeFiles(folder, lists.flat())
  return files.map(({ name, ...file }) => ({ ...file, path: `/${name}` }))
}

/**
 * The JSON files in `rose-ash/` beside a `.json` where an archive of this platform's own has been unpacked. What is
 * below other folders there is not looked at: a folder of that name may be anything.
 */
export async function readOwnPartsFolder(jsonPath: string): Promise<readonly BesideFile[]> {
  const folder = dirname(jsonPath)
  const paths = await readFiles(join(folder, 'rose-ash'), { recursive: false })
  return describeFiles(
    folder,
    paths.filter((path) => /\.(?:json|ndjson)$/.test(path)),
  )
}

function describeFiles(folder: string, paths: readonly string[]): Promise<BesideFile[]> {
  return Promise.all(
    paths.map(async (path) => ({
      name: relative(folder, path).replaceAll(sep, '/'),
      sizeBytes: (await stat(path)).size,
      open: async () => createReadStream(path),
    })),
  )
}

async function readFiles(
  folder: string,
  { recursive }: { readonly recursive: boolean },
): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    return files.map((entry) => join(entry.parentPath, entry.name)).toSorted()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  }
}

import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { openArchive, type ArchiveLimits } from './archive.ts'
import { GhostFileError } from './import-error.ts'
import { readMediaFolder, readOwnPartsFolder } from './media-folder.ts'

/** A picture, film, sound or document that came with the export. */
export interface ExportMedia {
  /** Where it is served: `/content/images/2026/11/harbour.png`. */
  readonly path: string
  readonly sizeBytes: number
  open(): Promise<Readable>
}

/** A small file that came with an export. */
export interface BesideFile {
  readonly name: string
  readonly sizeBytes: number
  open(): Promise<Readable>
}

/** An export on disk, as JSON or as an archive with its pictures. */
export interface ExportFile extends AsyncDisposable {
  readonly name: string
  /** Length of the JSON. */
  readonly sizeBytes: number
  readonly media: readonly ExportMedia[]
  /** Other downloads of the site that lie beside it: members, redirects, routes. */
  readonly besides: readonly BesideFile[]
  /** What this platform's own archives hold that Ghost has no place for, as `rose-ash/graph.json`. */
  readonly ownParts: readonly BesideFile[]
  /** The JSON from its beginning; may be called again. */
  openJson(): Promise<Readable>
}

/** Throws GhostFileError when there is no such file or the archive is not safe to unpack. */
export async function openExportFile(path: string, limits?: ArchiveLimits): Promise<ExportFile> {
  const { isFile, size } = await describe(path)
  if (!isFile) throw new GhostFileError(`${path} is not a file`)
  if (size === 0) throw new GhostFileError('The file is empty')
  const isArchive = await startsWith(path, 'PK')
  return isArchive ? openArchive(path, limits) : jsonFile(path, size)
}

async function jsonFile(path: string, sizeBytes: number): Promise<ExportFile> {
  return {
    name: basename(path),
    sizeBytes,
    media: await readMediaFolder(path),
    besides: [],
    ownParts: await readOwnPartsFolder(path),
    openJson: async () => createReadStream(path),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

async function describe(path: string): Promise<{ isFile: boolean; size: number }> {
  try {
    const file = await stat(path)
    return { isFile: file.isFile(), size: file.size }
  } catch (cause) {
    throw new GhostFileError(`There is no file ${path}, or it may not be read`, {}, { cause })
  }
}

async function startsWith(path: string, letters: string): Promise<boolean> {
  await using file = await open(path)
  const buffer = Buffer.alloc(letters.length)
  await file.read(buffer, 0, letters.length, 0)
  return buffer.toString('latin1') === letters
}

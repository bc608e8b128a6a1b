import { basename } from 'node:path'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import type { BesideFile, ExportFile, ExportMedia } from './export-file.ts'
import { GhostFileError } from './import-error.ts'

/** What an archive may weigh when it is unpacked. */
export interface ArchiveLimits {
  readonly entries: number
  readonly totalBytes: number
  readonly entryBytes: number
  /** Unpacked to packed bytes, of one entry over a megabyte and of the whole. */
  readonly ratio: number
}

export const defaultLimits: ArchiveLimits = {
  entries: 100_000,
  totalBytes: 20 * 1024 ** 3,
  entryBytes: 2 * 1024 ** 3,
  ratio: 200,
}

/**
 * A `.zip` as Ghost makes it: one JSON file, and `content/images`, `content/media` and
 * `content/files`, with or without a folder around them. Every entry is looked at before any is
 * opened. Throws GhostFileError for paths that leave the archive, links, and bombs.
 */
export async function openArchive(path: string, limits = defaultLimits): Promise<ExportFile> {
  const zip = await openZip(path)
  try {
    const entries = await readEntries(zip, limits)
    const json = findJson(entries)
    return {
      name: basename(path),
      sizeBytes: json.uncompressedSize,
      media: mediaOf(zip, entries),
      besides: filesNamed(besideName, zip, entries),
      ownParts: filesNamed(ownPartName, zip, entries),
      openJson: () => zip.openReadStreamPromise(json),
      [Symbol.asyncDispose]: async () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true })
  } catch (cause) {
    throw new GhostFileError('The archive is damaged or not whole', {}, { cause })
  }
}

interface ArchiveEntry {
  readonly path: string
  readonly entry: Entry
}

async function readEntries(zip: ZipFile, limits: ArchiveLimits): Promise<readonly ArchiveEntry[]> {
  if (zip.entryCount > limits.entries) {
    throw new GhostFileError(`The archive has more than ${limits.entries} files`)
  }
  const entries = new Map<string, ArchiveEntry>()
  let packed = 0
  let unpacked = 0
  for await (const entry of iterate(zip)) {
    const path = entry.fileName
    if (path.endsWith('/')) continue
    refuseSpecial(entry, path)
    refuseBomb(entry, path, limits)
    if (entries.has(path)) throw new GhostFileError(`The archive holds “${path}” twice`)
    entries.set(path, { path, entry })
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    if (unpacked > limits.totalBytes) {
      throw new GhostFileError('The archive is too large when it is unpacked')
    }
  }
  if (packed > zip.fileSize) {
    throw new GhostFileError('The archive is damaged: its files overlap')
  }
  if (unpacked > 10 * 1024 ** 2 && unpacked > packed * limits.ratio) {
    throw new GhostFileError('The archive unpacks to far more than a Ghost export would')
  }
  return [...entries.values()]
}

/** The library itself refuses names that leave the archive. */
const unsafeName = /^(absolute path|invalid relative path|invalid characters in fileName)/

async function* iterate(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry()
  } catch (cause) {
    const isUnsafe = cause instanceof Error && unsafeName.test(cause.message)
    const sentence = isUnsafe
      ? 'The archive holds a file that would land outside of it'
      : 'The archive is damaged or not whole'
    throw new GhostFileError(sentence, {}, { cause })
  }
}

/** `S_IFMT` and `S_IFREG` of a Unix mode; anything else that has a type is a link or a device. */
const typeBits = 0o170000
const regularFile = 0o100000

function refuseSpecial(entry: Entry, path: string): void {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f]/.test(path)) {
    throw new GhostFileError('The archive holds a file whose name is not a name')
  }
  const type = (entry.externalFileAttributes >>> 16) & typeBits
  if (type !== 0 && type !== regularFile) {
    throw new GhostFileError(
      `The archive holds a link or something else that is no file: “${path}”`,
    )
  }
  if (!entry.canDecodeFileData() || entry.isEncrypted()) {
    throw new GhostFileError(`The archive is encrypted or packed in an unknown way: “${path}”`)
  }
}

function refuseBomb(entry: Entry, path: string, limits: ArchiveLimits): void {
  if (entry.uncompressedSize > limits.entryBytes) {
    throw new GhostFileError(`A file in the archive is too large: “${path}”`)
  }
  const isLarge = entry.uncompressedSize > 1024 ** 2
  if (isLarge && entry.uncompressedSize > entry.compressedSize * limits.ratio) {
    throw new GhostFileError(`A file in the archive unpacks to far too much: “${path}”`)
  }
}

function findJson(entries: readonly ArchiveEntry[]): Entry {
  const candidates = entries.filter(
    ({ path }) =>
      /^([^/]+\/)?[^/]+\.json$/i.test(path) &&
      !isLitter(path) &&
      !besideName.test(path) &&
      !ownPartName.test(path) &&
      !/(^|\/)content\//.test(path),
  )
  const [only, ...others] = candidates
  if (!only) throw new GhostFileError('The archive has no JSON file with the export')
  if (others.length === 0) return only.entry
  const named = candidates.filter(({ path }) => /\.ghost\.[^/]*\.json$/i.test(path))
  if (named.length === 1 && named[0]) return named[0].entry
  throw new GhostFileError(
    'The archive has several JSON files, and it is not clear which is the export',
  )
}

function mediaOf(zip: ZipFile, entries: readonly ArchiveEntry[]): readonly ExportMedia[] {
  return entries.flatMap(({ path, entry }) => {
    const [, inside] = /^(?:[^/]+\/)?(content\/(?:images|media|files)\/.+)$/.exec(path) ?? []
    // Ghost's own derivatives are made anew, and its README files explain its folders.
    const isWanted =
      inside && !isLitter(path) && !/^content\/images\/(size\/|README\.md$)/.test(inside)
    if (!isWanted) return []
    const open = () => zip.openReadStreamPromise(entry)
    return [{ path: `/${inside}`, sizeBytes: entry.uncompressedSize, open }]
  })
}

/** At the top, in the one folder around everything, or in a folder of settings. */
const besideName =
  /^(?:[^/]+\/)?(?:(?:content\/)?(?:settings|data)\/)?(members[^/]*\.csv|redirects[^/]*\.(?:json|ya?ml)|routes[^/]*\.ya?ml)$/i

const ownPartName = /^(?:[^/]+\/)?(rose-ash\/[\w-]+\.(?:json|ndjson))$/

function filesNamed(
  pattern: RegExp,
  zip: ZipFile,
  entries: readonly ArchiveEntry[],
): readonly BesideFile[] {
  return entries.flatMap(({ path, entry }) => {
    const [, name] = pattern.exec(path) ?? []
    if (!name || isLitter(path)) return []
    const open = () => zip.openReadStreamPromise(entry)
    return [{ name, sizeBytes: entry.uncompressedSize, open }]
  })
}

function isLitter(path: string): boolean {
  return /(^|\/)(__MACOSX\/|\.)/.test(path)
}

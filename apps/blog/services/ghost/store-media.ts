import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { eq } from 'drizzle-orm'
import { type Database, media } from '../../models/index.ts'
import { hasSizes } from '../documents/image-paths.ts'
import type { ExportMedia } from './export-file.ts'
import { type ImageFacts, makePlaceholder, makeSizes, measureImage } from './image-sizes.ts'
import { contentTypeOf, isImage } from './media-types.ts'

export interface MediaStore {
  readonly database: Database
  readonly mediaFolder: string
}

export interface StoredMedia {
  /** Differs from what was asked for when another file lies there. */
  readonly path: string
  readonly warnings: readonly string[]
}

/**
 * Puts a file into the media folder, with smaller copies of a picture, and registers it. A file that
 * is there already with the same bytes is left as it is; a different one keeps its place, and the new
 * one gets a part of its hash into its name.
 */
export async function storeMedia(store: MediaStore, file: ExportMedia): Promise<StoredMedia> {
  const incoming = join(store.mediaFolder, '.incoming', randomUUID())
  await mkdir(dirname(incoming), { recursive: true })
  try {
    const hash = await copyAndHash(await file.open(), incoming)
    const path = await freePath(store, file.path, hash)
    const target = join(store.mediaFolder, path)
    if ((await sizeOf(target)) !== file.sizeBytes) {
      await mkdir(dirname(target), { recursive: true })
      await rename(incoming, target)
    }
    return { path, warnings: await register(store, { path, hash, sizeBytes: file.sizeBytes }) }
  } finally {
    await rm(incoming, { force: true })
  }
}

/** Registers a file that lies in the media folder without being known. Undefined when none does. */
export async function adoptMedia(
  store: MediaStore,
  path: string,
): Promise<StoredMedia | undefined> {
  const file = join(store.mediaFolder, path)
  const sizeBytes = await sizeOf(file)
  if (sizeBytes === undefined) return undefined
  const hash = await hashOf(createReadStream(file))
  return { path, warnings: await register(store, { path, hash, sizeBytes }) }
}

interface MediaFile {
  readonly path: string
  readonly hash: string
  readonly sizeBytes: number
}

async function register(store: MediaStore, file: MediaFile): Promise<readonly string[]> {
  const { path, hash, sizeBytes } = file
  const known = await findMedia(store, path)
  const isNew = known?.contentHash !== hash
  try {
    const facts = isNew ? await factsOf(store, path) : known
    if (isNew) {
      const row = { contentHash: hash, contentType: contentTypeOf(path), sizeBytes, ...facts }
      await store.database
        .insert(media)
        .values({ path, ...row })
        .onConflictDoUpdate({ target: media.path, set: row })
    }
    if (!facts?.width) return isImage(path) ? [`The file ${path} is no picture.`] : []
    if (hasSizes(path)) await makeSizes(store.mediaFolder, path, { width: facts.width })
    if (isNew || !known?.placeholder) await keepPlaceholder(store, path)
    return []
  } catch (error) {
    return [`The picture ${path} is damaged: ${reasonOf(error)}.`]
  }
}

/** Throws when the picture is not whole. */
async function keepPlaceholder(store: MediaStore, path: string): Promise<void> {
  const placeholder = await makePlaceholder(join(store.mediaFolder, path))
  await store.database.update(media).set({ placeholder }).where(eq(media.path, path))
}

async function factsOf({ mediaFolder }: MediaStore, path: string): Promise<Partial<ImageFacts>> {
  return isImage(path) ? measureImage(join(mediaFolder, path)).catch(() => ({})) : {}
}

async function freePath(store: MediaStore, wanted: string, hash: string): Promise<string> {
  const known = await findMedia(store, wanted)
  const present = known?.contentHash ?? (await hashOfFile(join(store.mediaFolder, wanted)))
  if (present === undefined || present === hash) return wanted
  const [, stem = wanted, ending = ''] = /^(.*?)(\.[^./]+)?$/.exec(wanted) ?? []
  return `${stem}-${hash.slice(0, 8)}${ending}`
}

async function findMedia({ database }: MediaStore, path: string) {
  const [found] = await database.select().from(media).where(eq(media.path, path))
  return found
}

async function copyAndHash(source: Readable, target: string): Promise<string> {
  const hash = createHash('sha256')
  source.on('data', (chunk: Buffer) => hash.update(chunk))
  await pipeline(source, createWriteStream(target))
  return hash.digest('hex')
}

/** SHA-256 in hexadecimal, as `media` has it. */
export async function hashOf(source: Readable): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(source, hash)
  return hash.digest('hex')
}

async function hashOfFile(path: string): Promise<string | undefined> {
  return (await sizeOf(path)) === undefined ? undefined : hashOf(createReadStream(path))
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : undefined
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error
    ? (error.message.split('\n')[0]?.slice(0, 120) ?? '')
    : String(error)
}

import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { and, eq, like } from 'drizzle-orm'
import { media } from '../../models/index.ts'
import type { ImageFacts } from '../ghost/image-sizes.ts'
import { slugify } from '../ghost/slugs.ts'
import { hashOf, type MediaStore, storeMedia } from '../ghost/store-media.ts'
import { cleanMedia } from './metadata/clean-media.ts'
import { preparePicture } from './prepare-picture.ts'
import { sniffFile } from './sniff-file.ts'
import { assertKind, type UploadKind, uploadRules } from './upload-kinds.ts'

export interface Upload {
  readonly kind: UploadKind
  /** Where it lies now. It is changed there, and stays the caller's to remove. */
  readonly file: string
  /** What it was called where it came from. */
  readonly fileName: string
}

export interface StoredUpload {
  /** Path of the site: `/content/images/2026/11/harbour-3f2a9c04d1be.jpg`. */
  readonly url: string
  readonly fileName: string
  /** Pixels; null for what is no picture. */
  readonly width: number | null
  readonly height: number | null
}

/**
 * Puts what somebody has sent into the media folder, when it is what it should be. The same file twice
 * is one file. Pictures are written anew, and films and sounds cleaned: they lose what cameras and programs
 * wrote into them. What is added as a file stays as it is. Throws WrongKindError, with a sentence for
 * whoever sent it.
 */
export async function storeUpload(store: MediaStore, upload: Upload): Promise<StoredUpload> {
  const sniffed = await sniffFile(upload.file)
  assertKind(upload.kind, sniffed, upload.fileName)
  const ending = sniffed.ending ?? endingOf(upload.fileName)
  const rewritten = `${upload.file}.picture`
  try {
    const { folder } = uploadRules[upload.kind]
    const isPicture = folder === 'images'
    if (folder === 'media') await cleanMedia(upload.file, { ...upload, ending })
    const picture = isPicture ? await preparePicture(upload.file, rewritten) : undefined
    return await keep(store, {
      ...upload,
      file: picture ? rewritten : upload.file,
      ending,
      picture,
    })
  } finally {
    await rm(rewritten, { force: true })
  }
}

interface ReadyUpload extends Upload {
  readonly ending: string
  readonly picture: ImageFacts | undefined
}

async function keep(store: MediaStore, ready: ReadyUpload): Promise<StoredUpload> {
  const { file, fileName, kind, picture } = ready
  const hash = await hashOf(createReadStream(file))
  const { folder } = uploadRules[kind]
  const facts = {
    fileName,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
  }
  const known = await findByHash(store, folder, hash)
  if (known) return { ...facts, url: known }
  const { path } = await storeMedia(store, {
    path: pathOf(ready, { folder, hash }),
    sizeBytes: (await stat(file)).size,
    open: async () => createReadStream(file),
  })
  return { ...facts, url: path }
}

/** The hash in the name makes two at once meet in one place, and lets browsers keep it for ever. */
function pathOf(
  { fileName, ending }: ReadyUpload,
  { folder, hash }: { readonly folder: string; readonly hash: string },
): string {
  const today = new Date().toISOString()
  const month = today.slice(0, 7).replace('-', '/')
  const name = slugify(fileName.replace(/\.[^.]*$/, '')).slice(0, 80) || 'file'
  return `/content/${folder}/${month}/${name}-${hash.slice(0, 12)}.${ending}`
}

async function findByHash(store: MediaStore, folder: string, hash: string) {
  const [found] = await store.database
    .select({ path: media.path })
    .from(media)
    .where(and(eq(media.contentHash, hash), like(media.path, `/content/${folder}/%`)))
    .limit(1)
  return found?.path
}

function endingOf(fileName: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'bin'
}

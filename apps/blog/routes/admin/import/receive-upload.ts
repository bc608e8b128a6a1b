import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import { InvalidInputError } from '@rose-ash/shared/contracts/errors'

/** Writes the upload to `path` as it comes; it lies there when it is whole. Throws InvalidInputError. */
export async function receiveUpload(upload: MultipartFile, path: string): Promise<void> {
  const unfinished = `${path}.part`
  await mkdir(dirname(path), { recursive: true })
  try {
    await pipeline(upload.file, createWriteStream(unfinished))
    if (upload.file.truncated) {
      throw new InvalidInputError('The file is larger than this site takes.')
    }
    if (upload.file.bytesRead === 0) throw new InvalidInputError('Please choose a file first.')
    await rename(unfinished, path)
  } finally {
    await rm(unfinished, { force: true })
  }
}

/** A name to show: what the browser says, without folders and odd letters. */
export function shownFileName(upload: MultipartFile): string {
  const name = upload.filename.replace(/^.*[\\/]/, '').replace(/\p{C}/gu, '')
  return name.slice(0, 120) || 'export'
}

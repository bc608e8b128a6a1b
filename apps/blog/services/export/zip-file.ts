import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile as YazlFile } from 'yazl'

/** Where a file of the archive comes from: it is read as it is packed. */
export type ZipSource = Readable | AsyncIterable<string | Uint8Array> | Iterable<string>

export interface ZipEntryOptions {
  /** Pictures, films and sounds are packed already. Default true. */
  readonly compresses?: boolean
  /** Known beforehand; a source of another length fails. */
  readonly sizeBytes?: number
}

/** An archive that is written while it is filled: one file after the other, and never one as a whole. */
export interface ZipFile {
  /** Resolves when the source has been read to its end. Rejects with what it, or the disk, threw. */
  add(path: string, source: ZipSource, options?: ZipEntryOptions): Promise<void>
  /** Writes the directory. The archive is whole when this resolves. */
  finish(): Promise<void>
  /** Gives it up; the unfinished file stays. */
  abandon(reason: unknown): void
}

/** From here on an entry needs the long form of its sizes. */
const longEntryBytes = 0xffff_0000

export function createZipFile(file: string, modifiedAt: Date): ZipFile {
  const zip = new YazlFile()
  const output = zip.outputStream as Readable
  const written = pipeline(output, createWriteStream(file))
  const failed = new Promise<never>((_resolve, reject) => {
    zip.on('error', reject)
    written.catch(reject)
  })
  // Whoever is adding learns of it; when nobody is, `finish` does.
  failed.catch(() => undefined)

  return {
    async add(path, source, { compresses = true, sizeBytes } = {}) {
      const stream =
        source instanceof Readable ? source : Readable.from(source, { objectMode: false })
      const read = new Promise<void>((resolve, reject) => {
        stream.once('end', resolve)
        stream.once('error', reject)
      })
      zip.addReadStream(stream, path, {
        mtime: modifiedAt,
        mode: 0o100644,
        compress: compresses,
        ...(sizeBytes !== undefined && { size: sizeBytes }),
        ...(sizeBytes !== undefined && sizeBytes > longEntryBytes && { forceZip64Format: true }),
      })
      try {
        await Promise.race([read, failed])
      } finally {
        stream.destroy()
      }
    },
    async finish() {
      zip.end()
      await Promise.race([written, failed])
    },
    abandon(reason) {
      output.destroy(reason instanceof Error ? reason : new Error(String(reason)))
    },
  }
}

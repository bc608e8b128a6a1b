import { type FileHandle, open } from 'node:fs/promises'

/** A file whose parts do not fit together: nobody can tell what in it is what. */
export class DamagedFileError extends Error {
  override name = 'DamagedFileError'
}

/** A file of any size that is looked through and changed where it lies. */
export interface EditableFile extends AsyncDisposable {
  readonly size: number
  /** Throws DamagedFileError when there are not so many bytes. What is returned is gone with the next call. */
  read(at: number, length: number): Promise<Buffer>
  write(at: number, bytes: Uint8Array): Promise<void>
  blank(at: number, length: number): Promise<void>
  /** Keeps only these bytes. */
  keep(from: number, to: number): Promise<void>
}

const windowBytes = 65_536
/** More parts than any film has that somebody made to be watched. */
const mostReads = 5_000_000

export async function openEditableFile(path: string): Promise<EditableFile> {
  const file = await open(path, 'r+')
  return new WindowedFile(file, (await file.stat()).size)
}

class WindowedFile implements EditableFile {
  size: number
  readonly #file: FileHandle
  readonly #window = Buffer.alloc(windowBytes)
  #windowAt = 0
  #windowLength = 0
  #reads = 0

  constructor(file: FileHandle, size: number) {
    this.#file = file
    this.size = size
  }

  async read(at: number, length: number): Promise<Buffer> {
    this.#reads += 1
    if (this.#reads > mostReads) throw new DamagedFileError('too many parts')
    if (at < 0 || length > windowBytes || at + length > this.size) {
      throw new DamagedFileError(`nothing at ${at}`)
    }
    if (at < this.#windowAt || at + length > this.#windowAt + this.#windowLength) {
      const { bytesRead } = await this.#file.read(this.#window, 0, windowBytes, at)
      this.#windowAt = at
      this.#windowLength = bytesRead
    }
    const from = at - this.#windowAt
    return this.#window.subarray(from, from + length)
  }

  async write(at: number, bytes: Uint8Array): Promise<void> {
    this.#windowLength = 0
    await this.#file.write(bytes, 0, bytes.length, at)
  }

  async blank(at: number, length: number): Promise<void> {
    const nothing = Buffer.alloc(Math.min(length, windowBytes))
    for (let done = 0; done < length; done += windowBytes) {
      await this.write(at + done, nothing.subarray(0, Math.min(windowBytes, length - done)))
    }
  }

  async keep(from: number, to: number): Promise<void> {
    const length = to - from
    for (let done = from === 0 ? length : 0; done < length; done += windowBytes) {
      const part = await this.read(from + done, Math.min(windowBytes, length - done))
      await this.write(done, part)
    }
    await this.#file.truncate(length)
    this.size = length
    this.#windowLength = 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close()
  }
}

import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { openPromise } from 'yauzl'

/** For tests: what an archive holds. */
export interface TestArchive {
  /** In the order in which they stand there. */
  readonly paths: readonly string[]
  /** SHA-256 of every file by its path. */
  readonly hashes: Readonly<Record<string, string>>
  /** What a text file says. */
  read(path: string): string
  /** The tables of the Ghost export in it. */
  readonly tables: Readonly<Record<string, readonly Record<string, unknown>[]>>
}

const textFile = /\.(?:json|md|txt|ya?ml|csv|ndjson)$/

export async function readArchive(file: string): Promise<TestArchive> {
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false })
  const texts = new Map<string, string>()
  const hashes: Record<string, string> = {}
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry)
    const hash = createHash('sha256')
    stream.on('data', (chunk: Buffer) => hash.update(chunk))
    const content = await text(stream)
    if (textFile.test(entry.fileName)) texts.set(entry.fileName, content)
    hashes[entry.fileName] = hash.digest('hex')
  }
  zip.close()
  const read = (path: string) => {
    const found = texts.get(path)
    if (found === undefined) throw new Error(`the archive has no text file ${path}`)
    return found
  }
  const paths = Object.keys(hashes)
  const json = paths.find((path) => /^[^/]+\.ghost\.[^/]+\.json$/.test(path))
  return { paths, hashes, read, tables: json ? JSON.parse(read(json)).db[0].data : {} }
}

import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** For tests: exports that a real Ghost wrote, and small ones of a test's own. */
export const fixturesFolder = fileURLToPath(new URL('./fixtures/', import.meta.url))

export type ExportData = Record<string, Record<string, unknown>[]>

export function fixture(name: string): string {
  return join(fixturesFolder, name)
}

export function readFixture(name: string): ExportData {
  return JSON.parse(readFileSync(fixture(name), 'utf8')).db[0].data
}

/** A paragraph as Lexical, as Ghost stores it: JSON in a string. */
export function lexicalOf(...paragraphs: readonly string[]): string {
  return JSON.stringify({
    root: {
      type: 'root',
      version: 1,
      children: paragraphs.map((text) => ({
        type: 'paragraph',
        version: 1,
        children: [{ type: 'extended-text', version: 1, text }],
      })),
    },
  })
}

/** A published post with an id made of `number`. */
export function examplePost(number: number, columns: Readonly<Record<string, unknown>> = {}) {
  const day = String((number % 28) + 1).padStart(2, '0')
  return {
    id: number.toString(16).padStart(24, '0'),
    title: `Letter ${number}`,
    slug: `letter-${number}`,
    lexical: lexicalOf(`This is letter number ${number}.`),
    mobiledoc: null,
    html: `<p>This is letter number ${number}.</p>`,
    featured: 0,
    type: 'post',
    status: 'published',
    visibility: 'public',
    created_at: `2026-03-${day} 08:00:00`,
    updated_at: `2026-04-${day} 09:00:00`,
    published_at: `2026-03-${day} 10:00:00`,
    ...columns,
  }
}

export function wrapExport(data: ExportData): string {
  return JSON.stringify({ db: [{ meta: { exported_on: 1, version: '6.65.0' }, data }] })
}

export interface TestFolder extends AsyncDisposable {
  readonly path: string
  readonly mediaFolder: string
  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): Promise<string>
  writeExport(data: ExportData): Promise<string>
}

export async function createTestFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'rose-ash-import-'))
  const write = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(path, name), content)
    return join(path, name)
  }
  return {
    path,
    mediaFolder: join(path, 'media'),
    write,
    writeExport: (data) => write('export.json', wrapExport(data)),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

const dates = { created_at: '2026-01-01 00:00:00', updated_at: '2026-01-02 00:00:00' }
const person = { id: 'a1', name: 'Wren', slug: 'wren', ...dates }
const news = { id: 'b1', name: 'News', slug: 'news', ...dates }

/** Published posts, one for each argument, of one author and with one tag. */
export function letters(...columns: Readonly<Record<string, unknown>>[]): ExportData {
  const posts = columns.map((some, index) => examplePost(index + 1, some))
  return {
    posts,
    users: [person],
    tags: [news],
    posts_authors: posts.map(({ id }) => ({ post_id: id, author_id: 'a1', sort_order: 0 })),
    posts_tags: posts.map(({ id }) => ({ post_id: id, tag_id: 'b1', sort_order: 0 })),
  }
}

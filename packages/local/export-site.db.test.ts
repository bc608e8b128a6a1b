import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, expect, test } from 'vitest'

let connection: Awaited<ReturnType<typeof createTestDatabase>>
let dataFolder: string
let typedIn: string
beforeAll(async () => {
  connection = await createTestDatabase()
  dataFolder = await mkdtemp(join(tmpdir(), 'rose-ash-export-'))
  typedIn = await mkdtemp(join(tmpdir(), 'rose-ash-typed-in-'))
  await createPost(connection.database, { slug: 'loaf' })
})
afterAll(async () => {
  await connection.close()
  for (const folder of [dataFolder, typedIn]) await rm(folder, { recursive: true, force: true })
})

interface Ended {
  readonly code: number
  readonly output: string
  readonly complaint: string
}

/** `pnpm export` as an operator runs it. */
function run(...words: readonly string[]): Promise<Ended> {
  const program = join(import.meta.dirname, 'export-site.ts')
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: connection.url,
    ROSE_ASH_DATA: dataFolder,
    INIT_CWD: typedIn,
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...words], { env }, (error, output, complaint) =>
      resolve({ code: Number(error?.code ?? 0), output, complaint }),
    )
  })
}

test('an operator packs the site into a file where they are, and never over another one', async () => {
  const first = await run('site.zip')
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining('0 warnings') })
  const archive = await readFile(join(typedIn, 'site.zip'))
  expect(archive.includes('markdown/posts/loaf.md')).toBe(true)
  expect(archive.includes('members.csv')).toBe(false)

  const again = await run('site.zip')
  expect(again).toMatchObject({ code: 2, complaint: expect.stringContaining('already') })
  expect(await readFile(join(typedIn, 'site.zip'))).toEqual(archive)
  expect(await readdir(typedIn)).toEqual(['site.zip'])
})

test('members come along where an operator asks for them', async () => {
  expect((await run('whole.zip', '--members', '--revisions')).code).toBe(0)
  const archive = await readFile(join(typedIn, 'whole.zip'))
  expect(archive.includes('members.csv')).toBe(true)
  expect(archive.includes('rose-ash/revisions.ndjson')).toBe(true)
})

test('what means nothing is explained, and makes no file', async () => {
  const before = await readdir(typedIn)
  for (const words of [
    [],
    ['a.zip', 'b.zip'],
    ['a.zip', '--everything'],
    ['a.zip', '--for-ghost', '--members'],
    ['a.zip', '--site', 'nowhere'],
  ]) {
    const { code, complaint } = await run(...words)
    expect(code).toBe(2)
    expect(complaint).toContain('Usage: pnpm export <file.zip>')
  }
  expect(await readdir(typedIn)).toEqual(before)
})

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
    NODE_OPTIONS: process.env['NODE_OPTIONS'],
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
  const first = await run('site.zip', '--members', '--revisions')
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining('0 warnings') })
  const archive = await readFile(join(typedIn, 'site.zip'))
  for (const name of ['markdown/posts/loaf.md', 'members.csv', 'rose-ash/revisions.ndjson']) {
    expect(archive.includes(name), name).toBe(true)
  }

  const again = await run('site.zip')
  expect(again).toMatchObject({ code: 2, complaint: expect.stringContaining('already') })
  expect(await readFile(join(typedIn, 'site.zip'))).toEqual(archive)
  expect(await readdir(typedIn)).toEqual(['site.zip'])
})

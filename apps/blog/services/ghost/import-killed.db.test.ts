import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeArchive } from './test-archive.ts'
import { fixture, readFixture, wrapExport } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

const program = fileURLToPath(new URL('./import-process.ts', import.meta.url))
let target: ImportTarget
let file: string

/** The real site, with its posts twice: two batches, and pictures. */
beforeAll(async () => {
  target = await createImportTarget()
  const data = readFixture('ghost-6.65.0-sqlite-export.json')
  const { posts = [], posts_tags = [], posts_authors = [], ...rest } = data
  const again = (id: unknown, turn: number) => `${turn}${String(id).slice(1)}`
  const turns = [0, 1]
  const many = {
    ...rest,
    posts: turns.flatMap((turn) =>
      posts.map((post) => ({
        ...post,
        id: again(post['id'], turn),
        slug: `letter-${String(post['slug'])}-${turn}`,
      })),
    ),
    posts_tags: turns.flatMap((turn) =>
      posts_tags.map((row) => ({ ...row, post_id: again(row['post_id'], turn) })),
    ),
    posts_authors: turns.flatMap((turn) =>
      posts_authors.map((row) => ({ ...row, post_id: again(row['post_id'], turn) })),
    ),
  }
  const picture = 'ghost-5.130.6-mobiledoc-export.json'
  file = await target.folder.write(
    'export.zip',
    makeArchive([
      { name: 'site.json', content: wrapExport(many) },
      { name: 'content/files/2026/notes.bin', content: readFileSync(fixture(picture)) },
      { name: 'content/files/2026/more.bin', content: 'more' },
    ]),
  )
})
beforeEach(() => target.reset())
afterAll(() => target[Symbol.asyncDispose]())

/** Runs an import of its own process and kills it without warning when it says `line`. */
async function killAt(line: string): Promise<void> {
  const { mediaFolder } = target.folder
  const child = spawn(process.execPath, [program, target.connection.url, mediaFolder, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  for await (const said of createInterface({ input: child.stdout })) {
    if (said.startsWith(`${line} `)) child.kill('SIGKILL')
  }
  const [, signal] = await ended
  expect(signal).toBe('SIGKILL')
  // PostgreSQL sees that it is gone when it has done what it was asked.
  const locks = `select 1 from pg_locks where locktype = 'advisory' and database =
    (select oid from pg_database where datname = current_database())`
  await expect.poll(() => target.query(locks)).toEqual([])
}

it('an import that is killed can be run again, with the result of one that was not', async () => {
  await target.run(file)
  const whole = await target.content()

  for (const line of ['media 1', 'posts 50']) {
    await target.reset()
    await killAt(line)
    const result = await target.run(file)
    expect(await target.content()).toBe(whole)
    expect(result.created + result.unchanged).toBe(68)
    expect(result.updated).toBe(0)
    const runs = await target.query('select state, error from content_imports order by started_at')
    expect(runs).toEqual([
      { state: 'failed', error: 'It was interrupted.' },
      { state: 'done', error: null },
    ])
  }
}, 240_000)

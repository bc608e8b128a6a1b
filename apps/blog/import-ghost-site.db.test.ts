import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from '@rose-ash/testing/database'
import { startGhostSite } from '@rose-ash/testing/ghost/ghost-site'
import { afterAll, expect, it } from 'vitest'
import { importSite } from './import-ghost-site.ts'
import { letters } from './services/ghost/test-export.ts'

const program = fileURLToPath(new URL('../../packages/local/import-ghost.ts', import.meta.url))
const connection = await createTestDatabase()
const site = await startGhostSite({ tables: letters(...Array.from({ length: 120 }, () => ({}))) })
const dataFolder = await mkdtemp(join(tmpdir(), 'rose-ash-command-'))
afterAll(async () => {
  await site[Symbol.asyncDispose]()
  await connection.close()
  await rm(dataFolder, { recursive: true, force: true })
})

interface Ended {
  readonly code: number | null
  readonly said: string
}

/** Types the command. `onSaid` gets what it has said so far. */
async function type(
  words: readonly string[],
  {
    key,
    piped,
    onSaid,
  }: { key?: string; piped?: string; onSaid?: (said: string, stop: () => void) => void } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...words], {
    env: {
      PATH: process.env['PATH'],
      NODE_OPTIONS: process.env['NODE_OPTIONS'],
      DATABASE_URL: connection.url,
      ROSE_ASH_DATA: dataFolder,
      ...(key !== undefined && { GHOST_KEY: key }),
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      said += part.toString('utf8')
      onSaid?.(said, () => {
        if (!child.killed) child.kill('SIGINT')
      })
    })
  }
  child.stdin.end(piped ?? '')
  const [code] = await once(child, 'close')
  return { code: code as number | null, said }
}

it('the command that is interrupted ends, goes on when it is typed again, and shows no key', async () => {
  const stopped = await type(['--from', site.url], {
    key: site.adminKey,
    onSaid: (said, stop) => {
      if (said.includes('Posts: 100')) stop()
    },
  })
  expect(stopped).toMatchObject({ code: 130 })
  expect(stopped.said).toContain('The import was interrupted. Run it again')
  const again = await type(['--from', site.url, '--key', '-'], { piped: `${site.adminKey}\n` })
  expect(again).toMatchObject({ code: 0 })
  expect(again.said).toMatch(/\n20 created, 0 updated, \d+ unchanged, 0 warnings\n$/)
  const third = await type(['--from', site.url, '--content-key', site.contentKey])
  expect(third).toMatchObject({ code: 0 })
  expect(third.said).toMatch(/\n0 created, 0 updated, /)
  const secret = site.adminKey.split(':')[1] ?? ''
  expect(`${stopped.said}${again.said}${third.said}`).not.toContain(secret)
  expect(third.said).not.toContain(site.contentKey)
  const sources = await connection.pool.query('select name, is_active from ghost_sources')
  expect(sources.rows).toEqual([{ name: 'ghost:pebble-and-tide', is_active: false }])
}, 240_000)

it('the command says what is wrong with a key, and with itself', async () => {
  const unknown = `${'5a'.repeat(12)}:${'00'.repeat(32)}`
  const [refused, mistyped] = await Promise.all([
    type(['--from', site.url, '--key', unknown]),
    type(['--from', site.url]),
  ])
  expect(refused).toMatchObject({
    code: 1,
    said: expect.stringContaining('does not take this key'),
  })
  expect(mistyped).toMatchObject({ code: 2 })
}, 240_000)

it.each([
  ['a key', 'https://pebble.example', 'That is no Admin API key.'],
  ['an address', 'not an address', 'Please give the address of the site'],
])('an import says what is wrong with %s', async (_what, address, sentence) => {
  const imported = importSite({
    site: { address, key: 'k', kind: 'admin' },
    database: connection.database,
    mediaFolder: dataFolder,
    secretKey: 'the secret key of a test, long enough',
    log: { info: () => undefined },
    signal: new AbortController().signal,
    write: () => undefined,
    writeProgress: () => undefined,
  })
  await expect(imported).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining(sentence),
  })
})

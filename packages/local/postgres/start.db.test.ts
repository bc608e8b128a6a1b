import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LocalPostgres, startPostgres, stopLeftPostgres } from './start.ts'

// Setting up costs far more than starting, so tests that begin with a set-up folder take turns with one.
const used = makeFolder()
let folder: string
const children: ChildProcess[] = []

function makeFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'rose-ash-postgres-')), 'Rósé & Ash, 100 %')
}

async function remove(left: string): Promise<void> {
  await stopLeftPostgres(left)
  rmSync(join(left, '..'), { recursive: true, force: true })
}

beforeEach(() => {
  folder = used
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await stopLeftPostgres(folder)
  if (folder !== used) await remove(folder)
})

afterAll(() => remove(used))

function start({ durable = false } = {}): Promise<LocalPostgres> {
  return startPostgres({ dataFolder: folder, durable })
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch {
    return false
  }
}

/** Another process that starts the same folder's server. */
function launch(): ChildProcess {
  const child = fork(join(import.meta.dirname, 'fixtures/start.ts'), [folder], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  children.push(child)
  return child
}

async function launchAndWait() {
  const child = launch()
  const [message] = (await once(child, 'message')) as [{ processId: number; reused: boolean }]
  return { child, ...message }
}

async function waitUntilDead(processId: number): Promise<void> {
  for (let tries = 0; tries < 500 && isAlive(processId); tries += 1) await delay(10)
  expect(isAlive(processId)).toBe(false)
}

// Several servers are started, each on new files; a busy disk takes its time.
describe(startPostgres, { timeout: 60_000 }, () => {
  // The first, so that the two find nothing set up.
  test('two that start at once share one server, and the last to stop ends it', async () => {
    const [first, second] = await Promise.all([start(), start()])
    expect(first.processId).toBe(second.processId)
    await first.stop()
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await second.stop()
    await waitUntilDead(second.processId)
  })

  test('serves PostgreSQL 16 from a folder with an awkward name, and ends when told', async () => {
    const postgres = await start({ durable: true })
    expect(postgres.version).toMatch(/^16\./)
    expect(postgres.reused).toBe(false)
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await postgres.stop()
    await waitUntilDead(postgres.processId)
  })

  test('lets nobody in without its password, and listens on this machine only', async () => {
    const postgres = await start()
    const stranger = new URL(postgres.url)
    stranger.password = 'guessed'
    await expect(query(stranger.href, 'select 1')).rejects.toThrow(/password/)
    const [row] = await query(postgres.url, "select current_setting('listen_addresses') as hosts")
    expect(row).toEqual({ hosts: '127.0.0.1' })
    await postgres.stop()
  })

  test('what was written is there at the next start', async () => {
    const first = await start()
    await query(first.url, 'create table in_order as select 7 as seven')
    await first.stop()
    const second = await start()
    expect(await query(second.url, 'select * from in_order')).toEqual([{ seven: 7 }])
    await second.stop()
  })

  test('a server whose process was killed leaves nothing that stops the next', async () => {
    const first = await start({ durable: true })
    await query(first.url, 'create table kept as select 7 as seven')
    process.kill(first.processId, 'SIGKILL')
    await waitUntilDead(first.processId)
    const second = await start({ durable: true })
    expect(await query(second.url, 'select * from kept')).toEqual([{ seven: 7 }])
    await second.stop()
  })

  test('a killed launcher leaves its server to the next, which ends it', async () => {
    const { child, processId } = await launchAndWait()
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isAlive(processId)).toBe(true)
    const next = await start()
    expect(next.reused).toBe(true)
    expect(next.processId).toBe(processId)
    await next.stop()
    await waitUntilDead(processId)
  })

  test('killed in the middle of the first start, the next start is like the first', async () => {
    folder = makeFolder()
    const child = launch()
    while (!existsSync(folder) || readdirSync(folder).length === 0) await delay(5)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(existsSync(join(folder, 'cluster'))).toBe(false)
    const postgres = await start()
    expect(postgres.reused).toBe(false)
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await postgres.stop()
  })
})

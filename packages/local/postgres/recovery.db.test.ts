import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findFreePort } from './port.ts'
import { findCommand } from './processes.ts'
import { startPostgres, stopLeftPostgres } from './start.ts'

// What start.db.test.ts does not meet: leftovers of crashes, and places where PostgreSQL is choosy.

// Most start several servers, each on new files; a busy disk takes its time.
const timeout = 60_000

const say = join(import.meta.dirname, 'fixtures/say.ts')

function makeFolder(): string {
  const temporary = makeTemporary()
  const folder = join(temporary, 'postgres')
  onTestFinished(() => remove(temporary, folder))
  return folder
}

function makeTemporary(): string {
  return mkdtempSync(join(tmpdir(), 'rose-ash-recovery-'))
}

async function remove(temporary: string, folder: string): Promise<void> {
  await stopLeftPostgres(folder)
  rmSync(temporary, { recursive: true, force: true })
}

// Setting up costs far more than starting, so tests that begin with a set-up folder take turns with one.
// It lies far deeper than a socket file could.
const temporary = makeTemporary()
const used = join(temporary, 'deep'.repeat(20), 'deeper'.repeat(20), 'postgres')

let said: string

beforeAll(() => {
  const words = ['-c', `umask 077; exec "$0" "$@"`, process.execPath, say, used]
  said = spawnSync('sh', words, { encoding: 'utf8' }).stdout.trim()
}, timeout)

afterAll(() => remove(temporary, used))

/** Set up under a umask of 077, and served by nobody. */
function takeUsedFolder(): string {
  onTestFinished(() => stopLeftPostgres(used))
  return used
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  // Servers are killed here.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

function start(dataFolder: string, port?: number) {
  return startPostgres({ dataFolder, durable: false, ...(port === undefined ? {} : { port }) })
}

async function killAndWait(processId: number): Promise<void> {
  process.kill(processId, 'SIGKILL')
  // An orphan of this process's is reaped by this process, which takes a turn of the event loop.
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      process.kill(processId, 0)
    } catch {
      return
    }
    await delay(10)
  }
}

describe('a start after a crash', { timeout }, () => {
  test('a worker still busy with a query for the killed server is ended, data is kept', async () => {
    const folder = takeUsedFolder()
    const first = await startPostgres({ dataFolder: folder })
    const client = await connect(first.url)
    await client.query('create table bread (name text); insert into bread values ($$rye$$)')
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const workerId = rows[0]?.pid ?? 0
    // Busy with arithmetic, it does not notice that the server is gone.
    const query = client.query('select count(*) from generate_series(1, 1e12::bigint)')
    query.catch(() => undefined)
    await delay(100)
    await killAndWait(first.processId)
    expect(await findCommand(workerId)).toContain('SELECT')

    await using second = await startPostgres({ dataFolder: folder })
    const other = await connect(second.url)
    expect((await other.query('select name from bread')).rows).toEqual([{ name: 'rye' }])
    await other.end()
    expect((await findCommand(workerId)) ?? '').not.toContain('SELECT')
  })

  test.each([
    ['names a process that is now another program', `${process.pid}\n/somewhere\n0\n5432\n`],
    ['is empty', ''],
    ['is garbled', '\u0000\u0000?\n'],
  ])('a note of the last server that %s does not stand in the way', async (_name, note) => {
    const folder = takeUsedFolder()
    writeFileSync(join(folder, 'cluster/data/postmaster.pid'), note, { mode: 0o600 })
    await using second = await start(folder)
    expect(second.reused).toBe(false)
  })

  test('a note that a starting server has made and not yet written into is left alone', async () => {
    const folder = takeUsedFolder()
    const first = await start(folder)
    await using second = await start(folder)
    const note = join(folder, 'cluster/data/postmaster.pid')
    const written = readFileSync(note)
    writeFileSync(note, '')
    const third = start(folder)
    await delay(300)
    expect(existsSync(note)).toBe(true)
    writeFileSync(note, written)
    const joined = await third
    expect([joined.reused, joined.processId]).toEqual([true, second.processId])
    await joined.stop()
    await first.stop()
  })

  test('a set-up killed with all its helpers leaves no rubbish', async () => {
    const folder = makeFolder()
    const child = launchInGroup(folder)
    const cluster = join(folder, 'cluster')
    while (!existsSync(folder) || !readdirSync(folder).some((name) => name.includes('unfinished')))
      await delay(5)
    await delay(50)
    process.kill(-(child.pid ?? Number.NaN), 'SIGKILL')
    await once(child, 'exit')
    expect(existsSync(cluster)).toBe(false)
    await using postgres = await start(folder)
    expect(postgres.reused).toBe(false)
    expect(readdirSync(folder).toSorted()).toEqual(['cluster', 'port', 'server.log'])
  })
})

function launchInGroup(folder: string): ChildProcess {
  return spawn(process.execPath, [say, folder], { detached: true, stdio: 'ignore' })
}

describe('places', { timeout }, () => {
  test('a folder far deeper than a socket file could lie in', async () => {
    const folder = takeUsedFolder()
    expect(folder.length).toBeGreaterThan(200)
    await using postgres = await start(folder)
    const client = await connect(postgres.url)
    await client.end()
  })

  test('the files may be kept private: a umask of 077', () => {
    expect(said).toBe('started')
  })

  test('the port of last time is kept while it is free, and left when it is not', async () => {
    const folder = takeUsedFolder()
    const first = await start(folder)
    const { port } = new URL(first.url)
    await first.stop()
    const second = await start(folder)
    expect(new URL(second.url).port).toBe(port)
    await second.stop()
    const squatter = createServer().listen(Number(port), '127.0.0.1')
    onTestFinished(() => void squatter.close())
    await once(squatter, 'listening')
    await using third = await start(folder)
    expect(new URL(third.url).port).not.toBe(port)
  })

  test('a port that was asked for and is taken is said plainly', async () => {
    const folder = takeUsedFolder()
    const port = await findFreePort()
    const squatter = createServer().listen(port, '127.0.0.1')
    onTestFinished(() => void squatter.close())
    await once(squatter, 'listening')
    await expect(start(folder, port)).rejects.toThrow(`Port ${port} is taken`)
  })

  test.skipIf(!canRunAs(54_321))('a user without a name is told so in a sentence', () => {
    const folder = makeFolder()
    const said = spawnSync(process.execPath, [say, folder], {
      uid: 54_321,
      gid: 54_321,
      encoding: 'utf8',
    })
    expect(said.stdout).toMatch(
      /^EmbeddedDatabaseError: The user with the number 54321 has no entry in \/etc\/passwd/,
    )
  })
})

/** Only root may, and only when this workspace does not lie in a private folder. */
function canRunAs(uid: number): boolean {
  if (process.getuid?.() !== 0) return false
  const attempt = ['-e', `require('node:fs').readFileSync(${JSON.stringify(import.meta.filename)})`]
  return spawnSync(process.execPath, attempt, { uid, gid: uid }).status === 0
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { createTestDatabase } from '@rose-ash/testing/database'
import { findFreePort } from '@rose-ash/testing/free-port'
import { expect, test, vi } from 'vitest'

const entrypoint = fileURLToPath(new URL('../../apps/cart/entrypoint.sh', import.meta.url))

/** The container's process, from the outside: what it says, and how it ends. */
interface Container extends AsyncDisposable {
  output(): string
  isReady(): Promise<boolean>
  /** Waits as long as a start may take while every other test has its share of the machine. */
  ready(): Promise<void>
  stop(): Promise<number | null>
}

async function startContainer(environment: Record<string, string>): Promise<Container> {
  const port = await findFreePort()
  const media = await mkdtempDisposable(join(tmpdir(), 'rose-ash-media-'))
  const child: ChildProcess = spawn(entrypoint, {
    env: {
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_HOST: '127.0.0.1',
      METRICS_PORT: '0',
      SECRET_KEY: 'a secret of at least thirty-two characters',
      SMTP_URL: 'smtp://127.0.0.1:25',
      MEDIA_FOLDER: media.path,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Waiting is done by a child of the shell: as in a container, all of it is stopped.
    detached: true,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  }
  const ended = once(child, 'exit') as Promise<[number | null]>
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGTERM')
    const [exitCode] = await ended
    return exitCode
  }
  const isReady = () =>
    fetch(`${url}/ready`).then(
      (response) => response.ok,
      () => false,
    )
  return {
    output: () => said,
    isReady,
    ready: () =>
      vi.waitFor(async () => expect(await isReady(), said).toBe(true), {
        timeout: 60_000,
        interval: 100,
      }),
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      await media.remove()
    },
  }
}

test('a container waits for the migrations of another, serves, and ends at once when told to', async () => {
  await using connection = await createTestDatabase()
  await connection.pool.query(
    'drop schema drizzle cascade; drop schema public cascade; create schema public',
  )
  await using container = await startContainer({ DATABASE_URL: connection.url })
  await vi.waitFor(() => expect(container.output()).toContain('the database is older than this'), {
    timeout: 30_000,
    interval: 100,
  })
  expect(await container.isReady()).toBe(false)

  await migrateDatabase({ url: connection.url })
  await container.ready()
  expect(await container.stop()).toBe(0)
}, 120_000)

test('a container that migrates does so before it serves', async () => {
  await using connection = await createTestDatabase()
  await connection.pool.query(
    'drop schema drizzle cascade; drop schema public cascade; create schema public',
  )
  await using container = await startContainer({
    DATABASE_URL: connection.url,
    RUN_MIGRATIONS: 'true',
  })
  await container.ready()
  const { rows } = await connection.pool.query('select count(*)::int as count from users')
  expect(rows).toEqual([{ count: 0 }])
  expect(await container.stop()).toBe(0)
}, 120_000)

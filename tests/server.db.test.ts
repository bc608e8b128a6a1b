import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { findFreePort } from '@rose-ash/local/postgres/port'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'

const workspace = join(import.meta.dirname, '..')
const connection = await createTestDatabase()
afterAll(() => connection.close())

const right = {
  PATH: process.env['PATH'],
  HOST: '127.0.0.1',
  METRICS_HOST: '127.0.0.1',
  METRICS_PORT: '0',
  DATABASE_URL: connection.url,
  SECRET_KEY: 'the secret key of a test, long enough',
  SMTP_URL: 'smtp://127.0.0.1:9',
  MEDIA_FOLDER: join(tmpdir(), 'rose-ash-server-test'),
}

/** An app as an operator runs it: `node apps/account/server.ts`. */
function start(environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, ['apps/account/server.ts'], {
    cwd: workspace,
    env: { ...right, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function endOf(child: ChildProcess) {
  const said = Promise.all([text(child.stdout!), text(child.stderr!)])
  const [code, signal] = await once(child, 'exit')
  const [output, errors] = await said
  return { code, signal, output, errors }
}

describe.concurrent('a server', () => {
  test('with a wrong configuration says in sentences what is wrong, and ends with 1', async ({
    expect,
  }) => {
    const ended = await endOf(start({ SECRET_KEY: 'short', PORT: 'eighty', DATABASE_URL: '' }))
    expect(ended.code).toBe(1)
    expect(ended.output).toBe('')
    expect(ended.errors).toContain('SECRET_KEY in the environment')
    expect(ended.errors).toContain('found "eighty"')
    expect(ended.errors).toContain('DATABASE_URL in the environment')
    expect(ended.errors).not.toContain('    at ')
    expect(ended.errors).not.toContain('short')
  })

  test('whose port is taken says so and ends with 1', async ({ expect }) => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    const ended = await endOf(start({ PORT: String(port) }))
    expect(ended.code).toBe(1)
    expect(ended.errors + ended.output).toContain(`127.0.0.1:${port}`)
  })

  test.for(['SIGTERM', 'SIGINT'] as const)(
    'ends with 0 at %s, and nobody who is waiting is left without an answer',
    async (signal, { expect }) => {
      const port = await findFreePort()
      const child = start({ PORT: String(port) })
      const end = endOf(child)
      const url = `http://127.0.0.1:${port}`
      await vi.waitFor(async () => expect((await fetch(`${url}/ready`)).status).toBe(200), 15_000)
      const answers = Array.from({ length: 20 }, () => fetch(`${url}/`).then(({ status }) => status))
      const [first] = await Promise.all([Promise.race(answers), undefined])
      child.kill(signal)
      expect(first).toBe(401)
      expect(new Set(await Promise.all(answers))).toEqual(new Set([401]))
      const { code, errors } = await end
      expect({ code, errors }).toEqual({ code: 0, errors: '' })
    },
  )
})

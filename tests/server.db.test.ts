import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { quickStart } from '@rose-ash/local/quick-start'
import { createTestDatabase } from '@rose-ash/testing/database'
import { findFreePort } from '@rose-ash/testing/free-port'
import { afterAll, describe, test, vi } from 'vitest'

const workspace = join(import.meta.dirname, '..')
const connection = await createTestDatabase()
const children: ChildProcess[] = []
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await connection.close()
})

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

/** An app as an operator runs it. */
function launch(environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, [quickStart, 'apps/account/server.ts'], {
    cwd: workspace,
    env: { ...right, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

async function endOf(child: ChildProcess) {
  const said = Promise.all([text(child.stdout!), text(child.stderr!)])
  const [code, signal] = await once(child, 'exit')
  const [output, errors] = await said
  return { code, signal, output, errors }
}

// A process loads for a second or two, and much longer while all the other tests run beside it.
describe.concurrent('a server', { timeout: 60_000 }, () => {
  test('with a wrong configuration says in sentences what is wrong, and ends with 1', async ({
    expect,
  }) => {
    const ended = await endOf(launch({ SECRET_KEY: 'short', PORT: 'eighty', DATABASE_URL: '' }))
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
    const { port } = taken.address() as AddressInfo
    const ended = await endOf(launch({ PORT: String(port) }))
    expect(ended.code).toBe(1)
    expect(ended.errors).toContain(`127.0.0.1:${port}`)
    taken.close()
  })

  test('answers, and ends with 0 when asked to, whoever is still connected', async ({ expect }) => {
    const port = await findFreePort()
    const child = launch({ PORT: String(port) })
    const end = endOf(child)
    const ready = () => fetch(`http://127.0.0.1:${port}/ready`)
    await vi.waitFor(async () => expect((await ready()).status).toBe(200), 50_000)
    const silent = connect(port, '127.0.0.1')
    silent.on('error', () => undefined)
    await once(silent, 'connect')
    const start = performance.now()
    child.kill('SIGTERM')
    const { code, errors } = await end
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(performance.now() - start).toBeLessThan(7500)
    silent.destroy()
  })
})

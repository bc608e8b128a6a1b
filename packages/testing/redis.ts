import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { findFreePort } from './free-port.ts'
import { findProgram } from './programs.ts'

/** A Redis of the test's own, which forgets everything when it stops. */
export interface TestRedis extends AsyncDisposable {
  /** Stays the same over `kill` and `restart`. */
  readonly url: string
  readonly port: number
  /** Ends it as a crash would. Does nothing when it is not running. */
  kill(): Promise<void>
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>
  /** Leaves it running and deaf: connections stay open, nothing is answered. */
  pause(): void
  resume(): void
  stop(): Promise<void>
}

/** Undefined where Redis is not installed; `pnpm test` then leaves out `*.redis.test.ts`. */
export function findRedisServer(): string | undefined {
  return findProgram(['redis-server', 'valkey-server'])
}

/** Starts a Redis on a free loopback port. Throws where none is installed. */
export async function startRedis(): Promise<TestRedis> {
  const program = findRedisServer()
  if (program === undefined) {
    throw new Error(
      'This test needs Redis: install redis-server, or run pnpm test, which leaves it out.',
    )
  }
  const port = await findFreePort()
  let child = await launch(program, port)
  // A server that nobody stopped must not outlive the tests.
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  const kill = () => end(child)
  const stop = async () => {
    process.off('exit', killAtExit)
    await kill()
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    restart: async () => {
      await kill()
      child = await launch(program, port)
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

async function launch(program: string, port: number): Promise<ChildProcess> {
  const child = spawn(
    program,
    [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      tmpdir(),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  child.once('error', reject)
  child.once('exit', () => reject(new Error(`Redis did not start. It said: ${output.trim()}`)))
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-4000)
    if (text.includes('Ready to accept connections')) resolve()
  })
  await promise
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

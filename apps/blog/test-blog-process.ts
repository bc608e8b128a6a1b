import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@rose-ash/testing/free-port'
import { onTestFinished } from 'vitest'

/** For tests: the blog as an operator runs it, in a process that can be killed. */
export interface BlogProcess {
  readonly url: string
  /** Ends it as a crash would. */
  kill(): Promise<void>
}

export const testSecretKey = 'the secret key of a test, long enough'

const server = fileURLToPath(new URL('server.ts', import.meta.url))
const startSeconds = 60

/** It ends with the test at the latest. */
export async function startBlogProcess(options: {
  readonly databaseUrl: string
  readonly mediaFolder: string
  /** That may be told of changes though they are on this machine. */
  readonly privateHosts?: readonly string[]
  /** Default: a free one. */
  readonly port?: number
  /** When it is one of several processes of one blog. Default: its own. */
  readonly publicUrl?: string
}): Promise<BlogProcess> {
  const port = options.port ?? (await findFreePort())
  const url = `http://127.0.0.1:${port}`
  const log: string[] = []
  const child = spawn(process.execPath, [server], {
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_HOST: '127.0.0.1',
      METRICS_PORT: '0',
      TRUSTED_PROXIES: '0',
      DATABASE_URL: options.databaseUrl,
      SECRET_KEY: testSecretKey,
      SMTP_URL: 'smtp://127.0.0.1:1',
      MEDIA_FOLDER: options.mediaFolder,
      PRIVATE_HOSTS: (options.privateHosts ?? []).join(' '),
      PUBLIC_URL_BLOG: options.publicUrl ?? url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => log.push(chunk.toString()))
  }
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const kill = async () => {
    if (hasEnded()) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  for (const until = Date.now() + startSeconds * 1000; ;) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined)
    if (answer?.ok) break
    if (hasEnded() || Date.now() > until) {
      await kill()
      throw new Error(`The blog did not start: ${log.join('')}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { url, kill }
}

/** A way to a database that can be cut, as when its machine has gone. */
export interface CuttableDatabase extends AsyncDisposable {
  readonly url: string
  cut(): void
  mend(): void
}

export async function createCuttableDatabase(databaseUrl: string): Promise<CuttableDatabase> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let isCut = false
  const way = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(target.port), target.hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
    return undefined
  })
  way.listen(0, '127.0.0.1')
  await once(way, 'listening')
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((way.address() as AddressInfo).port)
  const cut = () => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    cut,
    mend() {
      isCut = false
    },
    async [Symbol.asyncDispose]() {
      cut()
      way.close()
      await once(way, 'close')
    },
  }
}

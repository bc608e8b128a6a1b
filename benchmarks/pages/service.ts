import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@rose-ash/local/postgres/port'

export interface IdleService {
  /** From the start of its process to its first page. */
  readonly startSeconds: number
  /** Some seconds later. */
  readonly rssMegabytes: number
}

const workspace = fileURLToPath(new URL('../..', import.meta.url))

/** The blog as a process of its own, as it is deployed, with nobody asking it anything. */
export async function measureIdleBlog(options: {
  readonly databaseUrl: string
  readonly folder: string
}): Promise<IdleService> {
  const [port, metricsPort] = [await findFreePort(), await findFreePort()]
  const start = performance.now()
  const child = spawn(process.execPath, ['apps/blog/server.ts'], {
    cwd: workspace,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_HOST: '127.0.0.1',
      METRICS_PORT: String(metricsPort),
      DATABASE_URL: options.databaseUrl,
      SECRET_KEY: 'the secret key of a benchmark, long enough',
      SMTP_URL: 'smtp://127.0.0.1:9',
      MEDIA_FOLDER: `${options.folder}/media`,
      LOG_LEVEL: 'warn',
    },
  })
  try {
    while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))?.ok) {
      if (child.exitCode !== null) throw new Error('the blog did not start')
      await delay(20)
    }
    const startSeconds = (performance.now() - start) / 1000
    await delay(3000)
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
    const bytes = Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1])
    return { startSeconds, rssMegabytes: bytes / 1024 ** 2 }
  } finally {
    const ended = once(child, 'exit')
    child.kill()
    await ended
  }
}

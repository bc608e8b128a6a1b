import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@rose-ash/local/postgres/port'
import { quickStart } from '@rose-ash/local/quick-start'
import type { AppName } from '@rose-ash/shared/contracts/apps'
import { imageEnvironment } from '@rose-ash/testing/image-environment'

const workspace = fileURLToPath(new URL('../..', import.meta.url))

export const benchmarkSecretKey = 'the secret key of a benchmark, long enough'

/** One app as a process of its own, as it is deployed. */
export interface Service extends AsyncDisposable {
  /** Where it listens, on 127.0.0.1. */
  readonly port: number
  /** What its metrics say of its process: `process_cpu_seconds_total`. */
  metric(name: string): Promise<number>
}

/** Waits until it answers at `path`. `environment` is added to what every app needs. */
export async function startService(options: {
  readonly app: AppName
  /** Migrated. */
  readonly databaseUrl: string
  readonly folder: string
  readonly path: string
  readonly environment?: (port: number) => Readonly<Record<string, string>>
}): Promise<Service> {
  const { app, path } = options
  const [port, metricsPort] = [await findFreePort(), await findFreePort()]
  const child = spawn(process.execPath, [quickStart, `apps/${app}/server.ts`], {
    cwd: workspace,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...imageEnvironment,
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_HOST: '127.0.0.1',
      METRICS_PORT: String(metricsPort),
      DATABASE_URL: options.databaseUrl,
      SECRET_KEY: benchmarkSecretKey,
      SMTP_URL: 'smtp://127.0.0.1:9',
      MEDIA_FOLDER: `${options.folder}/media`,
      LOG_LEVEL: 'warn',
      ...options.environment?.(port),
    },
  })
  await using parts = new AsyncDisposableStack()
  parts.defer(async () => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill()
    await ended
  })
  while (!(await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error(`${app} did not start`)
    await delay(20)
  }
  const started = parts.move()
  return {
    port,
    async metric(name) {
      const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1])
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startMailServer } from '@rose-ash/local/mailbox/mail-server'
import { quickStart } from '@rose-ash/local/quick-start'
import { type AppName, appNames } from '@rose-ash/shared/contracts/apps'
import { findFreePort } from '@rose-ash/testing/free-port'
import type { TestContent } from './content.ts'

const workspace = join(import.meta.dirname, '../..')
const startSeconds = 90

/** The six apps as an operator runs them: a process each, reaching each other over the network. */
export interface RunningApps extends AsyncDisposable {
  /** `http://blog.localhost:41234`. */
  readonly urls: Readonly<Record<AppName, string>>
  /** For Node, which does not resolve `*.localhost` everywhere: `http://127.0.0.1:41234`. */
  readonly loopbackUrls: Readonly<Record<AppName, string>>
  /** Ends one as a crash would. */
  kill(app: AppName): Promise<void>
  /** Stops one in the middle of whatever it does; it keeps its connections and answers nothing. */
  pause(app: AppName): void
  resume(app: AppName): void
  restart(app: AppName): Promise<void>
  /** What an app has written to its log. */
  logOf(app: AppName): string
}

export async function startApps(
  content: TestContent,
  options: { readonly redisUrl?: string } = {},
): Promise<RunningApps> {
  await using parts = new AsyncDisposableStack()
  const mail = parts.use(await startMailServer(content.mailFolder))
  const ports = await findPorts()
  const urls = mapApps((app) => `http://${app}.localhost:${ports[app]}`)
  const loopbackUrls = mapApps((app) => `http://127.0.0.1:${ports[app]}`)
  const environment: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: join(workspace, 'node_modules/.cache/compile'),
    HOST: '127.0.0.1',
    METRICS_HOST: '127.0.0.1',
    METRICS_PORT: '0',
    TRUSTED_PROXIES: '0',
    DATABASE_URL: content.databaseUrl,
    DATABASE_POOL_SIZE: '5',
    SECRET_KEY: 'the secret key of a test, long enough',
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    MEDIA_FOLDER: content.mediaFolder,
    LOG_LEVEL: 'info',
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
  }
  for (const app of appNames) {
    environment[`PUBLIC_URL_${app.toUpperCase()}`] = urls[app]
    environment[`INTERNAL_URL_${app.toUpperCase()}`] = loopbackUrls[app]
  }

  const children = new Map<AppName, ChildProcess>()
  const logs = new Map<AppName, string>()
  const launch = (app: AppName) => {
    const child = spawn(process.execPath, [quickStart, `apps/${app}/server.ts`], {
      cwd: workspace,
      env: { ...environment, PORT: String(ports[app]) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const keep = (chunk: Buffer) => logs.set(app, (logs.get(app) ?? '') + chunk.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    children.set(app, child)
    return waitUntilReady(`${loopbackUrls[app]}/ready`, () => {
      const hasEnded = child.exitCode !== null
      return hasEnded ? `${app} ended: ${logs.get(app)}` : undefined
    })
  }
  const end = async (app: AppName, signal: NodeJS.Signals) => {
    const child = children.get(app)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGCONT')
    child.kill(signal)
    await ended
  }
  parts.defer(async () => {
    await Promise.all(appNames.map((app) => end(app, 'SIGKILL')))
  })
  await Promise.all(appNames.map(launch))
  const started = parts.move()
  return {
    urls,
    loopbackUrls,
    kill: (app) => end(app, 'SIGKILL'),
    pause: (app) => void children.get(app)?.kill('SIGSTOP'),
    resume: (app) => void children.get(app)?.kill('SIGCONT'),
    restart: async (app) => {
      await end(app, 'SIGTERM')
      await launch(app)
    },
    logOf: (app) => logs.get(app) ?? '',
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

function mapApps<Value>(value: (app: AppName) => Value): Record<AppName, Value> {
  return Object.fromEntries(appNames.map((app) => [app, value(app)])) as Record<AppName, Value>
}

/** Six different ports that were free a moment ago. */
async function findPorts(): Promise<Record<AppName, number>> {
  const ports = new Set<number>()
  while (ports.size < appNames.length) ports.add(await findFreePort())
  const found = [...ports]
  return Object.fromEntries(appNames.map((app, index) => [app, found[index]])) as Record<
    AppName,
    number
  >
}

async function waitUntilReady(url: string, failure: () => string | undefined): Promise<void> {
  const until = Date.now() + startSeconds * 1000
  while (Date.now() < until) {
    const reason = failure()
    if (reason) throw new Error(reason)
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
    if (response?.ok) return
    await delay(50)
  }
  throw new Error(`${url} was not ready within ${startSeconds} s`)
}

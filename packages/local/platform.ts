import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createAccountApp } from '@rose-ash/account/app'
import { createBlogApp } from '@rose-ash/blog/app'
import { createCartApp } from '@rose-ash/cart/app'
import { createEventsApp } from '@rose-ash/events/app'
import { createFederationApp } from '@rose-ash/federation/app'
import { createMarketApp } from '@rose-ash/market/app'
import { type AppName, appNames } from '@rose-ash/shared/contracts/apps'
import {
  type AppDependencies,
  createDependencies,
} from '@rose-ash/shared/infrastructure/app/dependencies'
import { createMetrics, listenForMetrics } from '@rose-ash/shared/infrastructure/app/metrics'
import type { CreateApp, RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { startWork } from '@rose-ash/shared/infrastructure/app/work'
import { createCache } from '@rose-ash/shared/infrastructure/cache/create-cache'
import { type Environment, loadConfig } from '@rose-ash/shared/infrastructure/config/load'
import { createJobs } from '@rose-ash/shared/infrastructure/jobs/create-jobs'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { loadAssets } from '@rose-ash/shared/infrastructure/view/assets'
import { listen, listenForVisitors } from './front/listen.ts'
import { createRoutes } from './front/routes.ts'
import { createMailboxApp } from './mailbox/app.ts'
import { startMailServer } from './mailbox/mail-server.ts'

const createApps: Readonly<Record<AppName, CreateApp>> = {
  blog: createBlogApp,
  market: createMarketApp,
  events: createEventsApp,
  cart: createCartApp,
  account: createAccountApp,
  federation: createFederationApp,
}

const configFile = fileURLToPath(new URL('../../_config/app-config.yaml', import.meta.url))

export interface PlatformOptions {
  /** Migrated. */
  readonly databaseUrl: string
  readonly redisUrl?: string | undefined
  readonly secretKey: string
  readonly mediaFolder: string
  readonly mailFolder: string
  /** Undefined: 8000 or the next free one. 0: any. */
  readonly port: number | undefined
  readonly logLevel: string
  /** Default: as configured. */
  readonly pageCacheSeconds?: number
}

/** All six apps in one process behind one port, each on its own host. */
export interface Platform extends AsyncDisposable {
  readonly port: number
  /** `http://blog.localhost:8000`, and `mail` for what has been sent. */
  readonly urls: Readonly<Record<AppName | 'mail', string>>
  readonly metricsUrl: string
}

/** Starts everything; what was started is closed again when a later part fails. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  await using parts = new AsyncDisposableStack()
  const log = createLog({ app: 'local', level: options.logLevel })
  const mailServer = parts.use(await startMailServer(options.mailFolder))
  const routes = createRoutes()
  const inside = parts.use(await listen(routes.inside, { host: '127.0.0.1', port: 0 }))
  // The port must be known before the apps are made, since their addresses hold it.
  const front = parts.use(
    await listenForVisitors(routes.front, { host: '127.0.0.1', port: options.port }),
  )
  const urls = publicUrls(front.port)
  const environment = createEnvironment(options, {
    urls,
    insidePort: inside.port,
    smtpPort: mailServer.port,
  })
  const assets = loadAssets()
  const cache = parts.use(createCache({ redisUrl: options.redisUrl, prefix: 'rose-ash', log }))

  const metrics = createMetrics()
  const jobs = parts.use(createJobs({ url: options.databaseUrl, log }))
  const starting = jobs.start()
  // Told of where it is waited for.
  starting.catch(() => undefined)
  const apps: { name: AppName; created: RunnableApp; dependencies: AppDependencies }[] = []
  for (const name of appNames) {
    const config = loadConfig({ app: name, file: configFile, environment })
    const dependencies = parts.use(createDependencies(config, { assets, cache, metrics, jobs }))
    const created = await createApps[name](dependencies)
    parts.defer(() => created.app.close())
    await created.app.ready()
    apps.push({ name, created, dependencies })
  }
  await starting
  await Promise.all(
    apps.map(async ({ name, created, dependencies }) => {
      parts.use(await startWork(created, dependencies, { ownsJobs: false }))
      routes.add(name, urls[name], created.app.routing)
    }),
  )
  const mailbox = await createMailboxApp({
    config: loadConfig({ app: 'account', file: configFile, environment }),
    assets,
    mailFolder: options.mailFolder,
  })
  parts.defer(() => mailbox.close())
  await mailbox.ready()
  routes.add('mail', urls.mail, mailbox.routing)
  routes.open(urls.blog)

  const metricsServer = await listenForMetrics(metrics, { host: '127.0.0.1', port: 0 })
  parts.defer(() => void metricsServer.close())
  const started = parts.move()
  return {
    port: front.port,
    urls,
    metricsUrl: `http://127.0.0.1:${(metricsServer.address() as AddressInfo).port}/metrics`,
    async [Symbol.asyncDispose]() {
      // Nobody new, and whoever is being served still gets a whole page from apps that are up.
      await front[Symbol.asyncDispose]()
      await started.disposeAsync()
    },
  }
}

function publicUrls(port: number): Platform['urls'] {
  const names = [...appNames, 'mail'] as const
  return Object.fromEntries(
    names.map((name) => [name, `http://${name}.localhost:${port}`]),
  ) as Platform['urls']
}

/** What would stand in the environment of six processes, for six apps in one. */
function createEnvironment(
  options: PlatformOptions,
  found: {
    readonly urls: Platform['urls']
    readonly insidePort: number
    readonly smtpPort: number
  },
): Environment {
  const environment: Record<string, string | undefined> = {
    HOST: '127.0.0.1',
    DATABASE_URL: options.databaseUrl,
    DATABASE_POOL_SIZE: '5',
    REDIS_URL: options.redisUrl,
    SECRET_KEY: options.secretKey,
    SMTP_URL: `smtp://127.0.0.1:${found.smtpPort}`,
    MEDIA_FOLDER: options.mediaFolder,
    LOG_LEVEL: options.logLevel,
    PAGE_CACHE_SECONDS: options.pageCacheSeconds?.toString(),
  }
  for (const name of appNames) {
    environment[`PUBLIC_URL_${name.toUpperCase()}`] = found.urls[name]
    environment[`INTERNAL_URL_${name.toUpperCase()}`] =
      `http://127.0.0.1:${found.insidePort}/${name}`
  }
  return environment
}

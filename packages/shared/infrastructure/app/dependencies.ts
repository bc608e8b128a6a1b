import type { Services } from '../../contracts/services.ts'
import { createServices } from '../../services/registry.ts'
import type { Cache } from '../cache/cache.ts'
import { createCache } from '../cache/create-cache.ts'
import type { AppConfig } from '../config/schema.ts'
import { createDatabase, type DatabaseConnection } from '../database.ts'
import { createInternalClient, type InternalClient } from '../internal-client.ts'
import { createJobs } from '../jobs/create-jobs.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { deriveKey } from '../keys.ts'
import { createLog, type Logger } from '../log.ts'
import { createGuardedFetch, type GuardedFetch } from '../outgoing/guarded-fetch.ts'
import { createStoredSecrets, type StoredSecrets } from '../stored-secrets.ts'
import { type Assets, loadAssets } from '../view/assets.ts'
import { createMetrics, type Metrics } from './metrics.ts'

/** Everything an app is built on. Nothing is reached for: each part is passed to who needs it. */
export interface AppDependencies extends AsyncDisposable {
  readonly config: AppConfig
  readonly connection: DatabaseConnection
  readonly cache: Cache
  readonly log: Logger
  readonly services: Services
  readonly assets: Assets
  readonly internal: InternalClient
  /** For addresses that somebody else chooses. */
  readonly outgoing: GuardedFetch
  readonly secrets: StoredSecrets
  readonly metrics: Metrics
  readonly jobs: Jobs
}

/** What apps in one process share; their owner closes them. */
export interface SharedParts {
  readonly assets?: Assets
  readonly cache?: Cache
  readonly metrics?: Metrics
  /** Started by its owner. */
  readonly jobs?: Jobs
}

/** Disposing closes the database pool, and the cache unless it is shared. */
export function createDependencies(config: AppConfig, parts: SharedParts = {}): AppDependencies {
  const log = createLog({ app: config.app, level: config.logLevel })
  const connection = createDatabase({
    url: config.databaseUrl,
    applicationName: `rose-ash ${config.app}`,
    poolSize: config.databasePoolSize,
    onError: (error) => log.warn({ reason: error.message }, 'an idle database connection broke'),
  })
  const outgoing = createGuardedFetch({ privateHosts: config.privateHosts })
  const cache = parts.cache ?? createCache({ redisUrl: config.redisUrl, prefix: 'rose-ash', log })
  return {
    config,
    connection,
    cache,
    log,
    services: createServices({
      database: connection.database,
      cache,
      publicUrls: config.publicUrls,
      platformName: config.platform.name,
    }),
    assets: parts.assets ?? loadAssets(),
    internal: createInternalClient({
      internalUrls: config.internalUrls,
      signatureKey: deriveKey(config.secretKey, 'internal-signature'),
    }),
    outgoing,
    secrets: createStoredSecrets(deriveKey(config.secretKey, 'stored-secrets')),
    metrics: parts.metrics ?? createMetrics(),
    jobs:
      parts.jobs ?? createJobs({ url: config.databaseUrl, log, supervises: config.app === 'blog' }),
    async [Symbol.asyncDispose]() {
      if (!parts.cache) await cache.close()
      await outgoing[Symbol.asyncDispose]()
      await connection.close()
    },
  }
}

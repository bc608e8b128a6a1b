import type { Services } from '../../contracts/services.ts'
import { createServices } from '../../services/registry.ts'
import type { Cache } from '../cache/cache.ts'
import { createCache } from '../cache/create-cache.ts'
import type { AppConfig } from '../config/schema.ts'
import { createDatabase, type DatabaseConnection } from '../database.ts'
import { createInternalClient, type InternalClient } from '../internal-client.ts'
import { deriveKey } from '../keys.ts'
import { createLog, type Logger } from '../log.ts'
import { type Assets, loadAssets } from '../view/assets.ts'

/** Everything an app is built on. Nothing is reached for: each part is passed to who needs it. */
export interface AppDependencies extends AsyncDisposable {
  readonly config: AppConfig
  readonly connection: DatabaseConnection
  readonly cache: Cache
  readonly log: Logger
  readonly services: Services
  readonly assets: Assets
  readonly internal: InternalClient
}

/** `assets` and `cache` may be shared by apps in one process; then their owner closes them. Disposing closes the cache and the database pool. */
export function createDependencies(
  config: AppConfig,
  parts: { readonly assets?: Assets; readonly cache?: Cache } = {},
): AppDependencies {
  const log = createLog({ app: config.app, level: config.logLevel })
  const connection = createDatabase({
    url: config.databaseUrl,
    applicationName: `rose-ash ${config.app}`,
    poolSize: config.databasePoolSize,
    onError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
  })
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
    }),
    assets: parts.assets ?? loadAssets(),
    internal: createInternalClient({
      internalUrls: config.internalUrls,
      signatureKey: deriveKey(config.secretKey, 'internal-signature'),
    }),
    async [Symbol.asyncDispose]() {
      if (!parts.cache) await cache.close()
      await connection.close()
    },
  }
}

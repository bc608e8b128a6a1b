import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AppName, appNames } from '@rose-ash/shared/contracts/apps'
import { UnavailableError } from '@rose-ash/shared/contracts/errors'
import type { Services } from '@rose-ash/shared/contracts/services'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import { createMetrics } from '@rose-ash/shared/infrastructure/app/metrics'
import type { CreateApp, RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { createCache } from '@rose-ash/shared/infrastructure/cache/create-cache'
import { checkConfig } from '@rose-ash/shared/infrastructure/config/load'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import type { InternalClient } from '@rose-ash/shared/infrastructure/internal-client'
import { createJobs } from '@rose-ash/shared/infrastructure/jobs/create-jobs'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import { createLog, type Logger } from '@rose-ash/shared/infrastructure/log'
import { createGuardedFetch } from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import { signatureHeader, signRequest } from '@rose-ash/shared/infrastructure/security/signature'
import { createStoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'
import { loadAssets } from '@rose-ash/shared/infrastructure/view/assets'
import { createServices } from '@rose-ash/shared/services/registry'
import { grantRoles } from './factories/member.ts'
import { createSession } from './sign-in.ts'

export interface TestAppOptions {
  readonly app: AppName
  readonly create: CreateApp
  /** Stays the caller's to close. */
  readonly connection: DatabaseConnection
  /** Default: an in-memory cache of the app's own. */
  readonly cache?: Cache
  /** Default: none of the other services can be reached, so all fragments are empty. */
  readonly internal?: InternalClient
  /** Put in place of the real ones. */
  readonly services?: Partial<Services>
  readonly config?: Partial<AppConfig>
  /** Default: one that says nothing. */
  readonly log?: Logger
}

/** An app as it runs, on a real database, with nothing around it. */
export interface TestApp extends RunnableApp, AsyncDisposable {
  readonly dependencies: AppDependencies
  /** The cookies of somebody who is signed in here. */
  signIn(email?: string): Promise<{ user: CurrentUser; cookies: Record<string, string> }>
  /** The cookies of somebody new with these roles. */
  signInAs(...roles: string[]): Promise<Record<string, string>>
  /** The HTML of fragments that the app serves, asked for in one batch as other services do. */
  fragments(
    ...queries: readonly { type: string; parameters?: Record<string, string> }[]
  ): Promise<readonly string[]>
  close(): Promise<void>
}

/** Made for `app.inject()`: it listens on no port and logs nothing unless told to. */
export async function createTestApp(options: TestAppOptions): Promise<TestApp> {
  const mediaFolder = await mkdtemp(join(tmpdir(), 'rose-ash-media-'))
  const config = createTestConfig(options, mediaFolder)
  const log = options.log ?? createLog({ app: config.app, level: 'silent' })
  const cache = options.cache ?? createCache({ prefix: 'test', log })
  const { connection } = options
  const outgoing = createGuardedFetch({ privateHosts: config.privateHosts })
  const dependencies: AppDependencies = {
    config,
    connection,
    cache,
    log,
    services: {
      ...createServices({
        database: connection.database,
        cache,
        publicUrls: config.publicUrls,
        platformName: config.platform.name,
      }),
      ...options.services,
    },
    assets: loadAssets(),
    internal: options.internal ?? unreachable,
    outgoing,
    secrets: createStoredSecrets(deriveKey(config.secretKey, 'stored-secrets')),
    metrics: createMetrics(),
    // Not started: a test that needs jobs starts them.
    jobs: createJobs({ url: connection.url, log, pollSeconds: 0.5 }),
    async [Symbol.asyncDispose]() {
      if (!options.cache) await cache.close()
      await outgoing[Symbol.asyncDispose]()
      await rm(mediaFolder, { recursive: true, force: true })
    },
  }
  const created = await options.create(dependencies)
  const close = async () => {
    await created.app.close()
    await dependencies[Symbol.asyncDispose]()
  }
  return {
    ...created,
    dependencies,
    signIn: (email = 'baker@example.org') => signIn(dependencies, email),
    async signInAs(...roles) {
      const { user, cookies } = await signIn(dependencies, `${randomUUID()}@example.org`)
      await grantRoles(connection.database, user.id, roles)
      return cookies
    },
    fragments: (...queries) => askForFragments(created, dependencies, queries),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function createTestConfig(options: TestAppOptions, mediaFolder: string): AppConfig {
  const { app, connection } = options
  const values = {
    app,
    platform: {
      name: 'Rose Ash',
      tagline: 'A cooperative',
      language: 'en-GB',
      timeZone: 'Europe/London',
      currency: 'GBP',
    },
    publicUrls: urls((name) => `http://${name}.localhost`),
    // Nobody listens on port 9 of this machine.
    internalUrls: urls(() => 'http://127.0.0.1:9'),
    host: '127.0.0.1',
    port: 0,
    metricsHost: '127.0.0.1',
    metricsPort: 0,
    trustedProxies: 0,
    databaseUrl: connection.url,
    databasePoolSize: 5,
    secretKey: 'a key for tests, of no use to anybody else',
    smtpUrl: 'smtp://127.0.0.1:9',
    mailFrom: 'Rose Ash <post@example.org>',
    mediaFolder,
    runMigrations: false,
    logLevel: 'silent',
    // Tests write to the database behind the app's back.
    pageCacheSeconds: 0,
    limits: {
      bodyBytes: 1_048_576,
      uploadBytes: 10_485_760,
      requestTimeoutSeconds: 30,
      writesPerMinute: 10_000,
      // A busy machine is no reason to fail.
      eventLoopDelayMilliseconds: 0,
    },
    ...options.config,
  }
  return checkConfig(values, 'test')
}

function urls(url: (name: AppName) => string): Record<string, string> {
  return Object.fromEntries(appNames.map((name) => [name, url(name)]))
}

const unreachable: InternalClient = {
  isAvailable: () => false,
  post: async (app) => {
    throw new UnavailableError(`${app} is not part of this test`)
  },
}

async function signIn({ config, connection }: AppDependencies, email: string) {
  const { user, session } = await createSession({ connection, app: config.app, email })
  return { user, cookies: { session } }
}

async function askForFragments(
  { app }: RunnableApp,
  { config }: AppDependencies,
  queries: readonly { type: string; parameters?: Record<string, string> }[],
): Promise<readonly string[]> {
  const path = '/internal/fragments'
  const body = JSON.stringify(queries.map((query) => ({ parameters: {}, ...query })))
  const key = deriveKey(config.secretKey, 'internal-signature')
  const answer = await app.inject({
    method: 'POST',
    url: path,
    payload: body,
    headers: {
      'content-type': 'application/json',
      [signatureHeader]: signRequest(key, { method: 'POST', path, body }),
    },
  })
  return answer.json()
}

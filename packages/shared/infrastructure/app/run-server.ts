import { fileURLToPath } from 'node:url'
import closeWithGrace from 'close-with-grace'
import type { FastifyInstance } from 'fastify'
import type { AppName } from '../../contracts/apps.ts'
import type { EventHandlers } from '../../events/subscriptions.ts'
import { ConfigError, type Environment, loadConfig } from '../config/load.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { migrateDatabase } from '../migrate.ts'
import { type AppDependencies, createDependencies } from './dependencies.ts'
import { listenForMetrics } from './metrics.ts'
import { freeStartMemory } from './start-memory.ts'
import { startWork } from './work.ts'

/** An app as a process runs it. */
export interface RunnableApp {
  readonly app: FastifyInstance
  /** What the app does when it hears of something: its lines of events/subscriptions.ts. */
  readonly handlers?: EventHandlers
  /** Tells which jobs it works on and when they are due. */
  readonly registerJobs?: (jobs: Jobs) => Promise<void>
}

export type CreateApp = (dependencies: AppDependencies) => Promise<RunnableApp>

const defaultConfigFile = fileURLToPath(
  new URL('../../../../_config/app-config.yaml', import.meta.url),
)

/** One app as a process of its own: reads the configuration, listens, and closes with grace. */
export async function runServer(options: {
  readonly app: AppName
  readonly create: CreateApp
  readonly environment: Environment
}): Promise<void> {
  const config = loadOrExit(options)
  if (!config) return
  if (config.runMigrations) await migrateDatabase({ url: config.databaseUrl })

  const dependencies = createDependencies(config)
  const created = await options.create(dependencies)
  const { app } = created
  // Pages need not wait for the work behind them to begin.
  const [work] = await Promise.all([
    startWork(created, dependencies),
    app.listen({ host: config.host, port: config.port }),
  ])
  const metricsServer = await listenForMetrics(dependencies.metrics, {
    host: config.metricsHost,
    port: config.metricsPort,
  })
  freeStartMemory()

  closeWithGrace({ delay: 10_000, logger: dependencies.log }, async ({ err }) => {
    if (err) dependencies.log.fatal({ err }, 'closing after an error')
    metricsServer.close()
    await app.close()
    await work[Symbol.asyncDispose]()
    await dependencies[Symbol.asyncDispose]()
  })
}

/** Bad configuration stops the boot with the operator's sentences and no stack. */
function loadOrExit({ app, environment }: { app: AppName; environment: Environment }) {
  try {
    return loadConfig({ app, environment, file: environment['CONFIG_FILE'] ?? defaultConfigFile })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
    return undefined
  }
}

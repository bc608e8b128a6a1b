import { createEventProcessor } from '../../events/processor.ts'
import type { AppDependencies } from './dependencies.ts'
import type { RunnableApp } from './run-server.ts'

/** What an app does behind the scenes: it hears of what happened elsewhere. Disposing waits for it. */
export function startWork(
  { handlers }: RunnableApp,
  { config, connection, log }: AppDependencies,
): AsyncDisposable {
  const processor = createEventProcessor({
    database: connection.database,
    listenUrl: config.databaseUrl,
    handlers: handlers ?? {},
    log,
  })
  if (handlers) processor.start()
  return processor
}

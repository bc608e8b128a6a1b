import { createEventProcessor } from '../../events/processor.ts'
import type { AppDependencies } from './dependencies.ts'
import type { RunnableApp } from './run-server.ts'

/**
 * What an app does behind the scenes: it hears of what happened elsewhere and works on its jobs.
 * `ownsJobs` is false where apps in one process share them. Disposing waits for what is running.
 */
export async function startWork(
  { handlers, registerJobs }: RunnableApp,
  { config, connection, jobs, log }: AppDependencies,
  { ownsJobs = true }: { readonly ownsJobs?: boolean } = {},
): Promise<AsyncDisposable> {
  await using parts = new AsyncDisposableStack()
  if (handlers) {
    const processor = createEventProcessor({
      database: connection.database,
      listenUrl: config.databaseUrl,
      handlers,
      log,
    })
    parts.use(processor)
    processor.start()
  }
  if (registerJobs) {
    if (ownsJobs) {
      await jobs.start()
      parts.use(jobs)
    }
    await registerJobs(jobs)
  }
  return parts.move()
}

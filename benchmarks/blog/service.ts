import { setTimeout as delay } from 'node:timers/promises'
import { startService } from '../support/service.ts'

export interface IdleService {
  /** From the start of its process to its first page. */
  readonly startSeconds: number
  /** Some seconds later. */
  readonly rssMegabytes: number
}

/** The blog as a process of its own, as it is deployed, with nobody asking it anything. */
export async function measureIdleBlog(options: {
  readonly databaseUrl: string
  readonly folder: string
}): Promise<IdleService> {
  // An image keeps what V8 worked out for it when it was built.
  await (await startService({ ...options, app: 'blog', path: '/' }))[Symbol.asyncDispose]()
  const start = performance.now()
  await using service = await startService({ ...options, app: 'blog', path: '/' })
  const startSeconds = (performance.now() - start) / 1000
  await delay(3000)
  const bytes = await service.metric('process_resident_memory_bytes')
  return { startSeconds, rssMegabytes: bytes / 1024 ** 2 }
}

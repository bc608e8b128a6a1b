import { setTimeout as delay } from 'node:timers/promises'
import { medianOf } from '../support/median.ts'
import { startService } from '../support/service.ts'

export interface IdleService {
  /** From the start of its process to its first page. */
  readonly startSeconds: number
  /** Some seconds later. */
  readonly rssMegabytes: number
}

/** How much malloc keeps in pieces is another 15 MB at one start than at another. */
const starts = 5

/** The blog as a process of its own, as it is deployed, with nobody asking it anything: the middle of some starts. */
export async function measureIdleBlog(options: {
  readonly databaseUrl: string
  readonly folder: string
}): Promise<IdleService> {
  // An image keeps what V8 worked out for it when it was built.
  await (await startService({ ...options, app: 'blog', path: '/' }))[Symbol.asyncDispose]()
  const seconds: number[] = []
  const megabytes: number[] = []
  for (let count = 0; count < starts; count += 1) {
    const start = performance.now()
    await using service = await startService({ ...options, app: 'blog', path: '/' })
    seconds.push((performance.now() - start) / 1000)
    await delay(3000)
    megabytes.push((await service.metric('process_resident_memory_bytes')) / 1024 ** 2)
  }
  return { startSeconds: medianOf(seconds), rssMegabytes: medianOf(megabytes) }
}

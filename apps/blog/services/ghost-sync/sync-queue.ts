import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import { z } from 'zod'
import type { Database, Transaction } from '../../models/index.ts'
import { ImportInterruptedError } from '../ghost/import-error.ts'
import { GhostSiteError } from './ghost-site-error.ts'
import type { SiteAccess } from './open-site.ts'
import { findGhostSource, listSources } from './sources.ts'
import { forgetOldDeliveries } from './take-delivery.ts'
import type { DeliveredChange } from './webhook-events.ts'

/** Everything that has changed at one site, and a comparison of all ids. */
export const ghostSyncJob = defineJob({
  name: 'blog.ghost-sync',
  payload: z.object({ sourceId: z.uuid() }),
  isExclusive: true,
  timeLimitSeconds: 6 * 60 * 60,
  retryDelaySeconds: 60,
  retryLimit: 5,
})

/** One post, page, tag or member that a webhook named. */
export const ghostObjectJob = defineJob({
  name: 'blog.ghost-object',
  payload: z.object({
    sourceId: z.uuid(),
    resource: z.enum(['posts', 'pages', 'tags', 'members']),
    objectId: z.string().max(64),
    isLate: z.boolean(),
  }),
  isExclusive: true,
})

/** What webhooks have missed, of all sites. */
export const ghostSweepJob = defineJob({
  name: 'blog.ghost-sweep',
  payload: z.object({}),
  isExclusive: true,
})

/** One publication fires several events; they are read together. */
const coalesceSeconds = 2
const sweepCron = '17 */6 * * *'

export interface GhostSyncQueue {
  /** False when one waits or runs already. */
  syncNow(sourceId: string): Promise<boolean>
  /** Reads it in a moment. A change that comes while it is being read is not lost. */
  readLater(transaction: Transaction, sourceId: string, change: DeliveredChange): Promise<void>
  /** From now on this process works on what waits. `jobs` must have been started. */
  work(): Promise<void>
  /** Interrupts what is in hand; it goes on where it was. */
  interrupt(): void
}

export interface GhostSyncQueueOptions extends SiteAccess {
  readonly database: Database
  readonly mediaFolder: string
  readonly cache: Pick<Cache, 'invalidateTags'>
  readonly log: Pick<Logger, 'info'>
  readonly jobs: Jobs
}

export function createGhostSyncQueue(options: GhostSyncQueueOptions): GhostSyncQueue {
  const { database, jobs, log } = options
  const closing = new AbortController()

  const syncNow = async (sourceId: string) =>
    (await jobs.enqueue(ghostSyncJob, { sourceId }, { key: sourceId })) !== undefined

  /** Runs what asks a site; what nobody can mend by waiting is not tried again. */
  async function attempt(work: (signal: AbortSignal) => Promise<unknown>, signal: AbortSignal) {
    try {
      await work(interruption([closing.signal, signal]))
    } catch (error) {
      if (!(error instanceof GhostSiteError) || error.isPassing) throw error
      log.info({ reason: error.message }, 'a Ghost site gave nothing')
    }
  }

  return {
    syncNow,
    async readLater(transaction, sourceId, { resource, objectId }) {
      const key = `${sourceId}:${resource}:${objectId}`
      const payload = { sourceId, resource, objectId, isLate: false }
      const first = await jobs.enqueue(ghostObjectJob, payload, {
        transaction,
        key,
        delaySeconds: coalesceSeconds,
      })
      if (first !== undefined) return
      // The other may have read it a moment ago.
      const late = { ...payload, isLate: true }
      const delaySeconds = 2 * coalesceSeconds
      await jobs.enqueue(ghostObjectJob, late, { transaction, key: `${key}:late`, delaySeconds })
    },
    async work() {
      await jobs.work(ghostSyncJob, async ({ sourceId }, job) => {
        const source = await findGhostSource(database, sourceId)
        if (!source?.isActive) return
        const { syncSource } = await import('./sync-source.ts')
        await attempt((signal) => syncSource({ ...options, sourceId, signal }), job.signal)
      })
      await jobs.work(ghostObjectJob, async (object, job) => {
        const { readObject } = await import('./read-object.ts')
        await attempt((signal) => readObject({ ...options, signal }, object), job.signal)
      })
      await jobs.work(ghostSweepJob, async () => {
        await forgetOldDeliveries(database)
        const sources = await listSources(database)
        for (const { id } of sources.filter(({ isActive }) => isActive)) await syncNow(id)
      })
      await jobs.schedule(ghostSweepJob, { cron: sweepCron, payload: {} })
    },
    interrupt: () => closing.abort(),
  }
}

function interruption(signals: readonly AbortSignal[]): AbortSignal {
  const stop = new AbortController()
  const interrupt = () => stop.abort(new ImportInterruptedError())
  for (const signal of signals) {
    if (signal.aborted) interrupt()
    signal.addEventListener('abort', interrupt, { once: true })
  }
  return stop.signal
}

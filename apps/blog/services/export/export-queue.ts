import { randomUUID } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { withoutValues } from '@rose-ash/shared/events/describe-failure'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import { z } from 'zod'
import type { Database } from '../../models/index.ts'
import { archiveName } from './archive-name.ts'
import type { ExportChoice } from './export-choice.ts'
import { ExportInterruptedError } from './export-error.ts'
import { describeExportFailure } from './export-failure.ts'
import { createExportRecords, type ExportRecord, type ExportRecords } from './export-records.ts'
import type { ExportedSite } from './setting-rows.ts'

const isBusy = 'An export is being made just now. Please ask again when it is ready.'

/** One at a time on the whole platform, whoever asks and however many do. */
const exportJob = defineJob({
  name: 'blog.export-site',
  payload: z.object({ exportId: z.uuid() }),
  timeLimitSeconds: 6 * 60 * 60,
  retryLimit: 3,
  isExclusive: true,
})

const sweepJob = defineJob({
  name: 'blog.sweep-exports',
  payload: z.object({}),
  isExclusive: true,
})

/**
 * Archives are made in the background, into a file: a large site takes minutes, in which a connection may
 * break and the database must not wait for a slow one. What is ready is downloaded as often as needed.
 */
export interface ExportQueue {
  readonly records: ExportRecords
  request(choice: ExportChoice): Promise<ExportRequest>
  /** From now on this process makes what is asked for. `jobs` must have been started. */
  work(): Promise<void>
  /** Interrupts the one in hand; it will be made anew. */
  interrupt(): void
}

export type ExportRequest =
  | { readonly status: 'asked'; readonly id: string }
  | { readonly status: 'refused'; readonly sentence: string }

export interface ExportQueueOptions {
  readonly database: Database
  readonly config: Pick<AppConfig, 'mediaFolder' | 'platform' | 'publicUrls'>
  readonly log: Pick<Logger, 'error' | 'info'>
  readonly jobs: Jobs
}

export function createExportQueue(options: ExportQueueOptions): ExportQueue {
  const { config, jobs, log } = options
  const { mediaFolder, platform, publicUrls } = config
  const site = { title: platform.name, timeZone: platform.timeZone, publicUrls }
  const records = createExportRecords(mediaFolder)
  const closing = new AbortController()
  return {
    records,
    async request(choice) {
      const id = randomUUID()
      const requestedAt = new Date()
      const record: ExportRecord = {
        id,
        choice,
        state: 'waiting',
        fileName: archiveName(site.title, requestedAt, choice.kind),
        requestedAt,
        done: 0,
        total: 0,
        sizeBytes: 0,
        warnings: [],
        error: null,
      }
      try {
        await records.write(record)
      } catch (cause) {
        log.error({ exportId: id, err: cause }, 'site not exported')
        return { status: 'refused', sentence: describeExportFailure(cause) }
      }
      if ((await jobs.enqueue(exportJob, { exportId: id })) !== undefined) {
        return { status: 'asked', id }
      }
      await records.remove(id)
      return { status: 'refused', sentence: isBusy }
    },
    async work() {
      await jobs.work(exportJob, async ({ exportId }, job) => {
        await records.sweep()
        const signal = AbortSignal.any([closing.signal, job.signal])
        await workOff({ ...options, mediaFolder, site, records, signal }, exportId)
      })
      await jobs.work(sweepJob, () => records.sweep())
      await jobs.schedule(sweepJob, { cron: '23 * * * *', payload: {} })
    },
    interrupt: () => closing.abort(),
  }
}

interface Work extends Pick<ExportQueueOptions, 'database' | 'log'> {
  readonly mediaFolder: string
  readonly site: ExportedSite
  readonly records: ExportRecords
  readonly signal: AbortSignal
}

async function workOff(work: Work, id: string): Promise<void> {
  const { records, log } = work
  const record = await records.find(id)
  if (!record || record.state === 'done') return
  const startedAt = Date.now()
  try {
    const warnings = await makeArchive(work, record)
    const { size } = await stat(records.fileOf(id))
    await records.write({ ...record, state: 'done', sizeBytes: size, warnings: [...warnings] })
    log.info({ exportId: id, bytes: size, ms: Date.now() - startedAt }, 'site exported')
  } catch (cause) {
    await rm(records.fileOf(id), { force: true })
    if (work.signal.aborted) {
      await records.write({ ...record, state: 'waiting' })
      throw new ExportInterruptedError()
    }
    // Whoever asked is told, and asks again; the job does not come back to stand in the way of that.
    log.error({ exportId: id, err: withoutValues(cause) }, 'site not exported')
    await records.write({ ...record, state: 'failed', error: describeExportFailure(cause) })
  }
}

/** How often progress is written, at most. */
const progressMilliseconds = 500
/** As many as a page can show. The archive's README names all. */
const shownWarnings = 500

async function makeArchive(work: Work, record: ExportRecord): Promise<readonly string[]> {
  const { records, signal } = work
  let told = 0
  let telling: Promise<void> = Promise.resolve()
  await records.write({ ...record, state: 'running', error: null })
  try {
    // Little is exported, and what it takes is large.
    const { exportSite } = await import('./export-site.ts')
    const { warnings } = await exportSite({
      ...work,
      choice: record.choice,
      file: records.fileOf(record.id),
      exportedAt: record.requestedAt,
      signal,
      onProgress({ done, total }) {
        if (Date.now() - told < progressMilliseconds) return
        told = Date.now()
        telling = telling.then(() =>
          records.write({ ...record, state: 'running', error: null, done, total }),
        )
        // It is waited for below.
        telling.catch(() => undefined)
      },
    })
    return warnings.slice(0, shownWarnings)
  } finally {
    // What is still being told must not come after how it ended.
    await telling
  }
}

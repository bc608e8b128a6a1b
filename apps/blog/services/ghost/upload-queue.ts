import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PlatformError } from '@rose-ash/shared/contracts/errors'
import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import { z } from 'zod'
import type { Database } from '../../models/index.ts'
import { ImportInterruptedError } from './import-error.ts'
import { failImport, findImport } from './import-record.ts'

/** The upload lies in the media folder under the import's id. */
export const importJob = defineJob({
  name: 'blog.import-ghost',
  payload: z.object({ importId: z.uuid() }),
  timeLimitSeconds: 6 * 60 * 60,
  retryLimit: 3,
})

/** Imports of uploaded files, one at a time in a process, each gone on with after a crash. */
export interface UploadQueue {
  /** Where an upload has to lie when its import is enqueued. */
  fileOf(importId: string): string
  enqueue(importId: string): Promise<void>
  /** From now on this process imports what waits. `jobs` must have been started. */
  work(): Promise<void>
  /** Interrupts the import in hand; it will be taken up again. */
  interrupt(): void
}

export interface UploadQueueOptions {
  readonly database: Database
  readonly mediaFolder: string
  readonly log: Pick<Logger, 'info'>
  readonly jobs: Jobs
  /** IANA name: of the days in a site's addresses, when it does not say its own. */
  readonly timeZone?: string
}

export function createUploadQueue(options: UploadQueueOptions): UploadQueue {
  const { mediaFolder, jobs } = options
  const closing = new AbortController()
  const fileOf = (importId: string) => join(mediaFolder, '.uploads', importId)
  return {
    fileOf,
    async enqueue(importId) {
      await jobs.enqueue(importJob, { importId })
    },
    async work() {
      await jobs.work(importJob, ({ importId }, job) =>
        workOff({ ...options, file: fileOf(importId) }, importId, [closing.signal, job.signal]),
      )
    },
    interrupt: () => closing.abort(),
  }
}

async function workOff(
  options: UploadQueueOptions & { readonly file: string },
  importId: string,
  signals: readonly AbortSignal[],
): Promise<void> {
  const { database, mediaFolder, log, file, timeZone } = options
  const record = await findImport(database, importId)
  if (!record || record.state === 'done') return rm(file, { force: true })
  if (!(await exists(file))) {
    return failImport(database, importId, 'The file is gone. Please upload it again.')
  }
  // Loaded when the first upload comes: most of the time the blog can do without its 30 MB.
  const { importGhost } = await import('./import-ghost.ts')
  try {
    await importGhost({
      database,
      mediaFolder,
      log,
      file,
      importId,
      timeZone,
      fileName: record.fileName,
      signal: interruption(signals),
      startedBy: record.startedBy ?? undefined,
    })
  } catch (error) {
    // Trying again does not make a broken file whole. Whoever uploaded it is told on its page.
    if (!isRefusal(error)) throw error
    log.info({ importId, reason: (error as Error).message }, 'Ghost import refused')
  }
  await rm(file, { force: true })
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

function isRefusal(error: unknown): boolean {
  const isOurs = error instanceof PlatformError && error.status < 500
  return isOurs && !(error instanceof ImportInterruptedError)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

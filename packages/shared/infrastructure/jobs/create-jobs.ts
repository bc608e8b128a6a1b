import { sql } from 'drizzle-orm'
import { fromDrizzle, type JobWithMetadata, PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Logger } from '../log.ts'
import type { JobDefinition, JobPayload } from './job-definition.ts'
import type { DeadJob, EnqueueOptions, JobHandler, Jobs, Schedule, WorkOptions } from './jobs.ts'
import { deadQueueName, deadQueueOptions, queueOptions } from './queues.ts'
import { runJob } from './run-job.ts'

export interface JobsOptions {
  /** Direct, or through a pooler in session mode: notifications need a connection of their own. */
  readonly url: string
  readonly log: Logger
  /**
   * Whether this process also keeps the clock for schedules and looks after the queues: jobs whose
   * process has died, what is old. One process of a deployment does; a second does no harm.
   */
  readonly supervises?: boolean
  /** How late a job may be that was delayed, or whose notification was lost. Default 5. */
  readonly pollSeconds?: number
  /** Connections besides the one that listens. Default 4. */
  readonly poolSize?: number
  /** How long `stop` waits for running jobs. Default 10. */
  readonly stopSeconds?: number
}

const superviseSeconds = 30

/** pg-boss, in its own schema `pgboss` of the same database, which it makes itself. */
export function createJobs(options: JobsOptions): Jobs {
  return new PgBossJobs(options)
}

class PgBossJobs implements Jobs {
  readonly #boss: PgBoss
  readonly #log: Logger
  readonly #pollSeconds: number
  readonly #stopSeconds: number
  readonly #queues = new Map<string, Promise<void>>()
  /** What is asked for meanwhile waits for it. */
  #starting: Promise<unknown> | undefined

  constructor({ url, log, supervises = true, poolSize = 4, ...options }: JobsOptions) {
    this.#log = log
    this.#pollSeconds = options.pollSeconds ?? 5
    this.#stopSeconds = options.stopSeconds ?? 10
    this.#boss = new PgBoss({
      connectionString: url,
      application_name: 'rose-ash jobs',
      max: poolSize,
      useListenNotify: true,
      supervise: supervises,
      schedule: supervises,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
    })
    // Without a listener an error would end the process; pg-boss goes on by itself. Only the message:
    // the error carries the whole connection with it.
    this.#boss.on('error', ({ message }) => log.error({ reason: message }, 'pg-boss met an error'))
    this.#boss.on('warning', ({ message }) => log.warn({ reason: message }, 'pg-boss warns'))
  }

  async start(): Promise<void> {
    this.#starting = this.#boss.start()
    await this.#starting
  }

  async enqueue<Payload extends JobPayload>(
    definition: JobDefinition<Payload>,
    payload: z.input<Payload>,
    { transaction, delaySeconds, key, group }: EnqueueOptions = {},
  ): Promise<string | undefined> {
    definition.payload.parse(payload)
    await this.#ensureQueue(definition)
    const id = await this.#boss.send(definition.name, payload, {
      ...(transaction && { db: fromDrizzle(transaction, sql) }),
      ...(delaySeconds !== undefined && { startAfter: delaySeconds }),
      ...(key !== undefined && { singletonKey: key }),
      ...(group !== undefined && { group: { id: group } }),
    })
    return id ?? undefined
  }

  async work<Payload extends JobPayload>(
    definition: JobDefinition<Payload>,
    handler: JobHandler<Payload>,
    { concurrency = 1, takesTurns = false }: WorkOptions = {},
  ): Promise<void> {
    await this.#ensureQueue(definition)
    for (let count = 0; count < concurrency; count++) {
      await this.#startWorker(definition, handler, takesTurns)
    }
  }

  async schedule<Payload extends JobPayload>(
    definition: JobDefinition<Payload>,
    { cron, timeZone = 'UTC', payload }: Schedule<Payload>,
  ): Promise<void> {
    definition.payload.parse(payload)
    await this.#ensureQueue(definition)
    await this.#boss.schedule(definition.name, cron, payload, { tz: timeZone, missed: 'once' })
  }

  async unschedule(name: string): Promise<void> {
    await this.#boss.unschedule(name)
  }

  async findDead(definition: JobDefinition): Promise<readonly DeadJob[]> {
    await this.#ensureQueue(definition)
    const jobs = await this.#boss.findJobs<object>(deadQueueName(definition))
    return jobs
      .map((job) => ({
        id: job.sourceId ?? job.id,
        payload: job.data,
        reason: readReason(job.sourceOutput),
        diedAt: job.createdOn,
      }))
      .toSorted((left, right) => right.diedAt.getTime() - left.diedAt.getTime())
  }

  async revive(definition: JobDefinition): Promise<number> {
    await this.#ensureQueue(definition)
    return this.#boss.redrive(deadQueueName(definition))
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: this.#stopSeconds * 1000 })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #startWorker<Payload extends JobPayload>(
    definition: JobDefinition<Payload>,
    handler: JobHandler<Payload>,
    takesTurns: boolean,
  ): Promise<void> {
    const options = {
      batchSize: 1,
      includeMetadata: true,
      perJobResults: true,
      pollingIntervalSeconds: this.#pollSeconds,
      notifyPollingIntervalSeconds: this.#pollSeconds,
      ...(takesTurns && { localGroupConcurrency: 1 }),
    } as const
    const worker: { id?: string } = {}
    const run = async (jobs: JobWithMetadata[]) => {
      const results = await Promise.all(
        jobs.map((job) => runJob(job, { definition, handler, log: this.#log })),
      )
      // A notification stands for one look at the queue, and there may be more than one job in it.
      if (worker.id) this.#boss.notifyWorker(worker.id)
      return results
    }
    worker.id = await this.#boss.work<object, unknown, typeof options>(
      definition.name,
      options,
      run,
    )
  }

  /** Once a process and kind of job: makes the queues, or brings their settings up to date. */
  #ensureQueue(definition: JobDefinition): Promise<void> {
    const { name } = definition
    const known = this.#queues.get(name)
    if (known) return known
    const made = this.#makeQueue(definition)
    this.#queues.set(name, made)
    made.catch(() => this.#queues.delete(name))
    return made
  }

  async #makeQueue(definition: JobDefinition): Promise<void> {
    await this.#starting
    const { name, isExclusive = false } = definition
    const options = queueOptions(definition)
    await this.#boss.createQueue(deadQueueName(definition), deadQueueOptions)
    await this.#boss.createQueue(name, {
      policy: isExclusive ? 'exclusive' : 'standard',
      ...options,
    })
    await this.#boss.updateQueue(name, options)
  }
}

/** Written by us, or by pg-boss when a job ran out of time or its process died. */
function readReason(output: unknown): string {
  const { data, success } = z.object({ message: z.string() }).safeParse(output)
  return success ? data.message : JSON.stringify(output)
}

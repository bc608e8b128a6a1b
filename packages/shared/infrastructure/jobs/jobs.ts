import type { z } from 'zod'
import type { Transaction } from '../../models/database.ts'
import type { JobDefinition, JobPayload } from './job-definition.ts'

/**
 * What is done later, at a time, or takes long. One value a process, started before it is used and
 * stopped at the end; jobs wait in the database, so a process may die at any moment.
 */
export interface Jobs extends AsyncDisposable {
  /** Connects, and makes or updates pg-boss's own schema. Throws when there is no database. */
  start(): Promise<void>

  /**
   * Returns the job's id, or undefined when it is exclusive and there is one already. With a
   * transaction the job exists when that commits, and not at all when it is rolled back.
   */
  enqueue<Payload extends JobPayload>(
    definition: JobDefinition<Payload>,
    payload: z.input<Payload>,
    options?: EnqueueOptions,
  ): Promise<string | undefined>

  /**
   * Works on jobs of this kind as they come, `concurrency` (default 1) at a time in this process. With `takesTurns` those
   * of one group run one after the other here, so that a slow group leaves room for the others.
   */
  work<Payload extends JobPayload>(
    definition: JobDefinition<Payload>,
    handler: JobHandler<Payload>,
    options?: WorkOptions,
  ): Promise<void>

  /**
   * Enqueues one each time the clock says so; a time that was slept through is made up for once.
   * Calling it again changes the schedule. Only a supervising process keeps the clock.
   */
  schedule<Payload extends JobPayload>(
    definition: JobDefinition<Payload>,
    schedule: Schedule<Payload>,
  ): Promise<void>

  /** Ends a schedule, also of a kind of job that no longer exists. */
  unschedule(name: string): Promise<void>

  /** Jobs of this kind that were given up, the latest first. */
  findDead(definition: JobDefinition): Promise<readonly DeadJob[]>

  /** Lets those that were given up start again. Returns how many. */
  revive(definition: JobDefinition): Promise<number>

  /** Takes nothing new, waits for what is running, and puts back what takes too long. */
  stop(): Promise<void>
}

export interface WorkOptions {
  readonly concurrency?: number
  readonly takesTurns?: boolean
}

export interface EnqueueOptions {
  readonly transaction?: Transaction
  readonly delaySeconds?: number
  /** What an exclusive job is exclusive about: a post's id, say. */
  readonly key?: string
  /** What it waits for, where that may be slow: a host's name, say. See `takesTurns`. */
  readonly group?: string
}

export interface Schedule<Payload extends JobPayload> {
  /** Five fields, `minute hour day month weekday`. */
  readonly cron: string
  /** An IANA name. Default UTC. */
  readonly timeZone?: string
  readonly payload: z.input<Payload>
}

/**
 * Throwing means: again later, and after the last time: given up. Whatever asks another host has a
 * time limit of its own, and listens to the signal.
 */
export type JobHandler<Payload extends JobPayload> = (
  payload: z.output<Payload>,
  job: RunningJob,
) => Promise<void>

export interface RunningJob {
  /** The same on every attempt. */
  readonly id: string
  /** From 1. */
  readonly attempt: number
  /** Aborted when the time is up or the process stops. */
  readonly signal: AbortSignal
}

export interface DeadJob {
  readonly id: string
  readonly payload: unknown
  readonly reason: string
  readonly diedAt: Date
}

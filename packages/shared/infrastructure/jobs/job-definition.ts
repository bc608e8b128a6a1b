import type { z } from 'zod'

/** What a job may take with it: ids and plain words. Never a secret, never anybody's address. */
export type JobPayload = z.ZodObject

/**
 * A kind of job. It is a value, shared by the one who enqueues and the one who works. Work may be
 * done more than once, when a process dies in the middle: it must not matter.
 */
export interface JobDefinition<Payload extends JobPayload = JobPayload> {
  /** `<app>.<what it does>`, for ever: letters, digits, `.`, `-`, `_` and `/`. */
  readonly name: string
  /** What JSON can write; read again through this schema before the job is worked on. */
  readonly payload: Payload
  /** How often it is tried again after it has failed, later and later. Default 5. */
  readonly retryLimit?: number
  /** Before the first retry; then doubled each time, up to an hour. Default 10. */
  readonly retryDelaySeconds?: number
  /** An attempt that takes longer has failed, and its signal is aborted. Default 15 minutes. */
  readonly timeLimitSeconds?: number
  /**
   * While one is waiting or running, another with the same key (or, like it, with none) is not
   * enqueued. For sweeps, and for what must not run twice at once. Cannot be changed afterwards.
   */
  readonly isExclusive?: boolean
}

export function defineJob<Payload extends JobPayload>(
  definition: JobDefinition<Payload>,
): JobDefinition<Payload> {
  return definition
}

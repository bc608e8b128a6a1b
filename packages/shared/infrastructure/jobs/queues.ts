import type { QueueOptions } from 'pg-boss'
import type { JobDefinition } from './job-definition.ts'

const longestRetryDelaySeconds = 3600
/** A process that dies is noticed when its jobs have been silent for so long. */
const heartbeatSeconds = 30
const doneSeconds = 7 * 24 * 60 * 60
const deadSeconds = 90 * 24 * 60 * 60

/** Where jobs go that were given up, for somebody to look at. */
export function deadQueueName(definition: JobDefinition): string {
  return `${definition.name}.dead`
}

/** Nobody works on a dead queue, so what is in it only waits. */
export const deadQueueOptions: QueueOptions = { retentionSeconds: deadSeconds }

export function queueOptions(
  definition: JobDefinition,
): QueueOptions & { deadLetter: string; notify: boolean } {
  const { retryLimit = 5, retryDelaySeconds = 10, timeLimitSeconds = 15 * 60 } = definition
  return {
    retryLimit,
    retryDelay: retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: longestRetryDelaySeconds,
    expireInSeconds: timeLimitSeconds,
    heartbeatSeconds,
    deleteAfterSeconds: doneSeconds,
    deadLetter: deadQueueName(definition),
    notify: true,
  }
}

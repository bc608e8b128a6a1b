import type { JobResult, JobWithMetadata } from 'pg-boss'
import { describeFailure, withoutValues } from '../../events/describe-failure.ts'
import type { Logger } from '../log.ts'
import type { JobDefinition, JobPayload } from './job-definition.ts'
import type { JobHandler } from './jobs.ts'

/** One attempt at a job. What becomes of it is told in the log and left to pg-boss; never throws. */
export async function runJob<Payload extends JobPayload>(
  job: JobWithMetadata,
  {
    definition,
    handler,
    log,
  }: {
    readonly definition: JobDefinition<Payload>
    readonly handler: JobHandler<Payload>
    readonly log: Logger
  },
): Promise<JobResult> {
  const { id, name, signal } = job
  const attempt = job.retryCount + 1
  const payload = definition.payload.safeParse(job.data)
  if (!payload.success) {
    // It will not become right by itself.
    log.error({ job: name, id, err: payload.error }, 'job given up: its payload is wrong')
    return { id, status: 'deadletter', output: { message: payload.error.message } }
  }
  try {
    await handler(payload.data, { id, attempt, signal })
    log.debug({ job: name, id, attempt }, 'job done')
    return { id, status: 'completed' }
  } catch (error) {
    const isLast = job.retryCount >= job.retryLimit
    const about = { job: name, id, attempt, err: withoutValues(error) }
    if (isLast) log.error(about, 'job given up: somebody has to look at it')
    else log.warn(about, 'job failed and will be tried again')
    return { id, status: 'failed', output: { message: describeFailure(error) } }
  }
}

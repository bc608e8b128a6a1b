import { sweepFediverse } from '@rose-ash/shared/activitypub/sweep'
import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import { z } from 'zod'
import type { Database } from '../../models/index.ts'

const sweepFediverseJob = defineJob({
  name: 'blog.sweep-fediverse',
  payload: z.object({}),
  isExclusive: true,
})

/** Once a night. */
export async function workOnFediverseSweep(jobs: Jobs, database: Database): Promise<void> {
  await jobs.work(sweepFediverseJob, () => sweepFediverse(database))
  await jobs.schedule(sweepFediverseJob, { cron: '29 3 * * *', payload: {} })
}

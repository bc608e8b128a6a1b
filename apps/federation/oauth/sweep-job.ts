import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import { z } from 'zod'

/** Removes what has run out, every hour: see services/sweep.ts. */
export const sweepSignOnJob = defineJob({
  name: 'federation.sweep-sign-on',
  payload: z.object({}),
  isExclusive: true,
})

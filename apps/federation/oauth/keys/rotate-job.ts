import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import { z } from 'zod'

/** Rotates the signing keys where it is time, every day: see rotate.ts. */
export const rotateKeysJob = defineJob({
  name: 'federation.rotate-signing-keys',
  payload: z.object({}),
  isExclusive: true,
})

import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import { z } from 'zod'

/** Half a minute of a core for a large picture, so it waits until somebody has time. */
export const picturesJob = defineJob({
  name: 'blog.picture-variants',
  payload: z.object({ path: z.string().startsWith('/content/images/') }),
  timeLimitSeconds: 600,
  retryLimit: 2,
})

/** Pictures wait here for their smaller formats; until then they are served as they are. */
export interface PictureQueue {
  enqueue(path: string): Promise<void>
  /** From now on this process works on what waits, one picture at a time. `jobs` must be started. */
  work(): Promise<void>
}

export function createPictureQueue({
  jobs,
  mediaFolder,
}: {
  readonly jobs: Jobs
  readonly mediaFolder: string
}): PictureQueue {
  return {
    async enqueue(path) {
      await jobs.enqueue(picturesJob, { path })
    },
    async work() {
      await jobs.work(picturesJob, async ({ path }, { signal }) => {
        // Loaded when the first picture comes: most processes only show pages.
        const { makeVariants } = await import('./picture-variants.ts')
        await makeVariants(mediaFolder, path, { signal })
      })
    },
  }
}

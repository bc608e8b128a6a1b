import type { EventHandler } from '@rose-ash/shared/events/subscriptions'
import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '../../models/index.ts'

const refreshWordsJob = defineJob({
  name: 'blog.refresh-search-words',
  payload: z.object({}),
  isExclusive: true,
})

/** So many changes that come in a row cost one refresh. */
const delaySeconds = 60

export function createRefreshWords(
  jobs: Jobs,
): EventHandler<'Create' | 'Update' | 'Delete' | 'ImportFinished'> {
  return async (transaction, activity) => {
    // Of an import, its end alone is told.
    if (activity.type !== 'ImportFinished' && activity.visibility === 'internal') return
    await jobs.enqueue(refreshWordsJob, {}, { transaction, delaySeconds })
  }
}

/** Also once a night, for what came in without being told of. */
export async function workOnWords(jobs: Jobs, database: Database): Promise<void> {
  await jobs.work(refreshWordsJob, () => refreshWords(database))
  await jobs.schedule(refreshWordsJob, { cron: '41 3 * * *', payload: {} })
}

/** The words of all published texts and in how many they are: what a mistyped word may have meant. */
export async function refreshWords(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.execute(sql`delete from search_words`)
    await transaction.execute(sql`
      insert into search_words (word, post_count)
      select word, ndoc from ts_stat($$
        select to_tsvector('simple', title || ' ' || left(public_text, 200000)) from posts
        where status = 'published' and type in ('post', 'page')
      $$)
      where length(word) between 3 and 40 and word ~ '^[[:alpha:]]+$'`)
  })
}

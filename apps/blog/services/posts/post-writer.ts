import type { RelationsService } from '@rose-ash/shared/contracts/relations'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import { and, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { posts } from '../../models/index.ts'
import type { GraphAccess } from '../graph/open-graph.ts'
import type { BulkAction } from './bulk-action.ts'
import type { BulkOutcome } from './bulk.ts'
import { tagsOfChange } from './page-tags.ts'
import type { PostChange } from './post-change.ts'
import type { SaveRequest, SaveResult } from './save-post.ts'
import { trashDays } from './trash-days.ts'

/** Publishes what is due. Enqueued for the very second, and each minute in case that was missed. */
export const publishDueJob = defineJob({
  name: 'blog.publish-due',
  payload: z.object({}),
  isExclusive: true,
})

/** Deletes for good what has lain in the trash for a month. */
export const emptyTrashJob = defineJob({
  name: 'blog.empty-trash',
  payload: z.object({}),
  isExclusive: true,
})

/**
 * The one way in which posts and pages are written here: stored, told of, and seen at once. What writing takes is
 * loaded with the first write: a process that only shows posts needs no part of it.
 */
export interface PostWriter {
  save(request: SaveRequest): Promise<SaveResult>
  bulk(ids: readonly string[], action: BulkAction, user: SaveRequest['user']): Promise<BulkOutcome>
  trash(ids: readonly string[]): Promise<readonly PostChange[]>
  putBack(ids: readonly string[]): Promise<readonly PostChange[]>
  deleteForGood(ids: readonly string[]): Promise<readonly PostChange[]>
  /** From now on this process publishes what is due, and empties the trash. */
  work(): Promise<void>
}

export interface PostWriterOptions {
  readonly graph: GraphAccess
  readonly cache: Pick<Cache, 'invalidateTags'>
  readonly jobs: Jobs
  readonly relations: Pick<RelationsService, 'detachAll'>
}

export function createPostWriter({
  graph: access,
  cache,
  jobs,
  relations,
}: PostWriterOptions): PostWriter {
  const seen = async (changes: readonly PostChange[]) => {
    const { database } = await access.open()
    const tags = new Set<string>()
    for (const change of changes) {
      for (const tag of await tagsOfChange(database, change)) tags.add(tag)
      await wakeFor(change)
    }
    if (tags.size > 0) await cache.invalidateTags([...tags])
    return changes
  }
  /** Without the clock's minute: what was scheduled is out in its second. */
  const wakeFor = async ({ after }: PostChange) => {
    if (after?.status !== 'scheduled' || !after.publishedAt) return
    const delaySeconds = Math.max(0, Math.ceil((after.publishedAt.getTime() - Date.now()) / 1000))
    await jobs.enqueue(publishDueJob, {}, { delaySeconds, key: `${after.id}:${after.version}` })
  }
  const deleteForGood = async (ids: readonly string[]) => {
    const graph = await access.open()
    const { deletePost } = await import('../graph/delete-post.ts')
    const changes: PostChange[] = []
    for (const id of ids) {
      const change = await deletePost(graph, id, relations)
      if (change) changes.push(change)
    }
    return seen(changes)
  }

  return {
    async save(request) {
      const { savePost } = await import('./save-post.ts')
      const result = await savePost(await access.open(), request)
      if (result.status === 'saved') await seen([result.change])
      return result
    },
    async bulk(ids, action, user) {
      const { changeInBulk } = await import('./bulk.ts')
      const outcome = await changeInBulk(await access.open(), ids, { action, user })
      await seen(outcome.changes)
      return outcome
    },
    async trash(ids) {
      const { trashPosts } = await import('./trash.ts')
      return seen(await trashPosts(await access.open(), ids))
    },
    async putBack(ids) {
      const { putBackPosts } = await import('./trash.ts')
      return seen(await putBackPosts(await access.open(), ids))
    },
    deleteForGood,
    async work() {
      await jobs.work(publishDueJob, async () => {
        const { publishDue } = await import('./publish-due.ts')
        const { changes, failures } = await publishDue(await access.open())
        await seen(changes)
        if (failures.length > 0) throw new AggregateError(failures, String(failures[0]?.message))
      })
      await jobs.work(emptyTrashJob, async () => {
        const { database } = await access.open()
        const old = await database
          .select({ id: posts.id })
          .from(posts)
          .where(
            and(
              sql`${posts.status} = 'trashed'`,
              lt(posts.trashedAt, sql`now() - make_interval(days => ${trashDays})`),
            ),
          )
        await deleteForGood(old.map(({ id }) => id))
      })
      await jobs.schedule(publishDueJob, { cron: '* * * * *', payload: {} })
      await jobs.schedule(emptyTrashJob, { cron: '17 3 * * *', payload: {} })
    },
  }
}

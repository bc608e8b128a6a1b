import { isDeepStrictEqual } from 'node:util'
import type { TagState } from '@rose-ash/shared/events/activities'
import { emitActivity } from '@rose-ash/shared/events/emit-activity'
import { eq } from 'drizzle-orm'
import { posts, type tags, type Transaction } from '../../models/index.ts'
import { tellOfPost } from '../posts/tell-of-post.ts'
import { tagSlugsOf } from './tag-slugs.ts'

type TagRow = typeof tags.$inferSelect

export type TagNews =
  | { readonly id: string; readonly before: undefined }
  | { readonly id: string; readonly before: TagRow; readonly isGone?: boolean }

/** Tells what became of a tag itself, with the transaction that makes it true. */
export async function tellOfTag(transaction: Transaction, news: TagNews): Promise<void> {
  const common = { type: 'TagChanged', originApp: 'blog', actorUserId: null } as const
  const object = { objectType: 'Tag', objectId: news.id } as const
  await emitActivity(transaction, {
    ...common,
    ...object,
    payload: news.before
      ? { change: news.isGone ? 'deleted' : 'edited', before: stateOf(news.before) }
      : { change: 'added' },
  })
}

interface TagsNews {
  readonly id: string
  readonly type: 'post' | 'page'
  readonly isPublic: boolean
  /** Slugs; undefined when it became readable just now. */
  readonly before: readonly string[] | undefined
  readonly after: readonly string[]
}

/** Tells which tags a post or page that can be read has got and lost. */
export async function tellOfPostTags(transaction: Transaction, news: TagsNews): Promise<void> {
  const { id, type, isPublic, before, after } = news
  if (!isPublic) return
  const attached = after.filter((slug) => !before?.includes(slug))
  const detached = (before ?? []).filter((slug) => !after.includes(slug))
  if (attached.length + detached.length === 0) return
  await emitActivity(transaction, {
    type: 'PostTagsChanged',
    originApp: 'blog',
    actorUserId: null,
    objectType: type === 'page' ? 'Page' : 'Article',
    objectId: id,
    payload: { attached, detached, ...(before && { before: [...before] }) },
  })
}

/** Changes the tags of one post otherwise than by saving it, and tells of it as a save would. */
export async function tellingOfTags(
  transaction: Transaction,
  postId: string,
  change: () => Promise<void>,
): Promise<void> {
  const before = await tagSlugsOf(transaction, postId)
  await change()
  const after = await tagSlugsOf(transaction, postId)
  const [post] = await transaction.select().from(posts).where(eq(posts.id, postId))
  if (post?.status !== 'published' || isDeepStrictEqual(before, after)) return
  if (post.type !== 'post' && post.type !== 'page') return
  const { id, slug, type } = post
  const isPage = type === 'page'
  await tellOfPost(transaction, { change: 'Update', id, slug, isPage, visibility: 'public' })
  await tellOfPostTags(transaction, { id, type, isPublic: true, before, after })
}

function stateOf(row: TagRow): TagState {
  const { sourceId, slug, name, description, featureImage } = row
  const { visibility, accentColor, canonicalUrl, meta } = row
  const shown = { featureImage, visibility, accentColor, canonicalUrl }
  return { sourceId, slug, name, description, ...shown, meta: { ...meta } }
}

import { emitActivity } from '@rose-ash/shared/events/emit-activity'
import type { Transaction } from '../../models/index.ts'

export interface PostNews {
  readonly change: 'Create' | 'Update' | 'Delete'
  readonly id: string
  readonly isPage: boolean
  readonly slug: string
  /** Where it was before. */
  readonly formerSlug?: string
  /** Old posts are no news: activities of an import of them stay on the platform. */
  readonly visibility: 'internal' | 'public'
}

/** Tells the other services, with the transaction that makes it true. */
export async function tellOfPost(transaction: Transaction, news: PostNews): Promise<void> {
  const { change: type, id, isPage, slug, formerSlug, visibility } = news
  const common = {
    originApp: 'blog' as const,
    actorUserId: null,
    visibility,
    objectType: isPage ? ('Page' as const) : ('Article' as const),
    objectId: id,
  }
  const hasMoved = formerSlug !== undefined && formerSlug !== slug
  await emitActivity(
    transaction,
    type === 'Update'
      ? { ...common, type, payload: { slug, ...(hasMoved && { formerSlug }) } }
      : { ...common, type, payload: { slug } },
  )
}

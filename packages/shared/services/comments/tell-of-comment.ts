import { emitActivity } from '../../events/emit-activity.ts'
import type { Transaction } from '../../models/database.ts'

export interface PublishedComment {
  readonly id: string
  readonly postId: string
  readonly parentId: string | null
  /** Null for somebody on another server. */
  readonly userId: string | null
}

/** With the transaction that publishes it for the first time. */
export async function tellOfComment(
  transaction: Transaction,
  { id, postId, parentId, userId }: PublishedComment,
): Promise<void> {
  await emitActivity(transaction, {
    type: 'CommentPublished',
    originApp: 'blog',
    actorUserId: userId,
    objectType: 'Note',
    objectId: id,
    payload: { postId, parentId },
  })
}

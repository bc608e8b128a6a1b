/** `held` waits for a moderator, `hidden` was taken away by one, `deleted` by its author. */
type CommentStatus = 'published' | 'held' | 'hidden' | 'deleted'

export type ModerationView = 'held' | 'reported' | 'all'
/** `dismiss`: nothing is wrong with it, and its reports go. */
export type ModerationAction = 'approve' | 'hide' | 'put-back' | 'dismiss'

export interface ModeratedComment {
  readonly id: string
  readonly postId: string
  readonly postTitle: string
  readonly postSlug: string
  readonly userId: string | null
  readonly name: string
  readonly remoteUrl: string | null
  /** Of somebody on another server. */
  readonly authorUrl: string | null
  readonly authorHandle: string | null
  readonly html: string
  readonly status: Exclude<CommentStatus, 'deleted'>
  readonly createdAt: Date
  readonly editedAt: Date | null
  /** The first ten. */
  readonly reports: readonly { readonly by: string; readonly reason: string }[]
}

export interface ModerationPage {
  readonly comments: readonly ModeratedComment[]
  readonly heldCount: number
  readonly reportedCount: number
  readonly hasMore: boolean
  /** Of the member whose comments alone were asked for. */
  readonly memberName: string | null
}

/** What a moderator did to a comment, for undoing it. */
export interface StatusChange {
  readonly id: string
  readonly from: Exclude<CommentStatus, 'deleted'>
  readonly to: Exclude<CommentStatus, 'deleted'>
}

/**
 * What moderators do with comments. A part of `CommentsService`. The caller has made sure that it is for
 * one of them.
 */
export interface CommentModerationService {
  /** Newest first. */
  listForModeration(asked: {
    readonly view: ModerationView
    readonly userId: string | undefined
    readonly pageNumber: number
  }): Promise<ModerationPage>

  /** Does it to those of these that it can be done to, and returns what has changed. */
  moderate(
    ids: readonly string[],
    action: ModerationAction,
  ): Promise<{ readonly changes: readonly StatusChange[]; readonly dismissed: number }>

  /** Takes changes back, except of comments that have changed again since. Returns how many. */
  undo(changes: readonly StatusChange[]): Promise<number>

  /** What these say is gone for good; answers to them stay. Returns how many there were. */
  erase(ids: readonly string[]): Promise<number>
}

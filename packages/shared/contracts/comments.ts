import type { CommentModerationService } from './comment-moderation.ts'
import type { RemoteCommentsService } from './remote-comments.ts'
import type { CurrentUser } from './visitor.ts'

/** How much of a discussion one page shows. */
export const commentsPageSize = 50
export const longestComment = 5000
export const longestReason = 500
/** For so long its author may still change a comment. */
export const editMinutes = 15

/** The cache tag of what pages that are kept for everybody say of a post's comments: how many. */
export function commentsTag(postId: string): string {
  return `comments:${postId}`
}

/** A published post, as the one who asks may see it. Only `findPost` makes these. */
export interface DiscussedPost {
  readonly id: string
  readonly slug: string
  readonly title: string
  /** Whether everybody may read all of it. */
  readonly isPublic: boolean
  /** Whether the one who asks may read all of it: only then are comments shown and taken. */
  readonly isReadable: boolean
  readonly takesComments: boolean
  /** How often people on other servers have liked and boosted it. */
  readonly likesElsewhere: number
  readonly boostsElsewhere: number
  /** Who looks after the post and is never held: editors and its authors. */
  readonly isOfStaff: boolean
}

export interface Comment {
  readonly id: string
  readonly parentId: string | null
  /** Whether it stands under another comment. Answers to answers do so too: there are two levels. */
  readonly isReply: boolean
  /** Of an answer to an answer: whom it answers. The name is null when that one is not shown. */
  readonly inReplyTo: { readonly id: string; readonly name: string | null } | null
  /**
   * Null when what was said is not shown (it is deleted, hidden or held) and the comment only keeps
   * its place because of the answers to it.
   */
  readonly said: SaidComment | null
  readonly isDeleted: boolean
}

export interface SaidComment {
  readonly name: string
  /** Of somebody on another server: their page there. */
  readonly authorUrl: string | null
  /** And what they are called there: `ada@example.org`. */
  readonly authorHandle: string | null
  /** Where it first stood, when that is another server. */
  readonly remoteUrl: string | null
  readonly isByPostAuthor: boolean
  /** Safe to put in a page. */
  readonly html: string
  readonly createdAt: Date
  readonly editedAt: Date | null
  /** Only its author sees it until a moderator has read it. */
  readonly isHeld: boolean
  readonly isOwn: boolean
  /** Its author is asking, and not too late. */
  readonly canEdit: boolean
}

export interface CommentThread {
  readonly comments: readonly Comment[]
  /** What everybody who may read the post can see. */
  readonly publishedCount: number
  readonly pageNumber: number
  readonly pageCount: number
}

/** What somebody wrote, for their own eyes. */
export interface OwnComment {
  readonly id: string
  readonly postId: string
  readonly slug: string
  readonly postTitle: string
  readonly text: string
  readonly html: string
  readonly canEdit: boolean
}

export interface CommentPlace {
  readonly postId: string
  readonly slug: string
  readonly pageNumber: number
  /** Otherwise only its author sees it, or only its place is kept. */
  readonly isPublished: boolean
}

/**
 * What members, and people on other servers, say under posts. It decides by itself who may see and do
 * what: comments are shown and taken where the post is published, wants comments, and may be read by
 * the one who asks. Messages of its errors may be shown as they are.
 */
export interface CommentsService extends RemoteCommentsService, CommentModerationService {
  /** Undefined when there is no such post, or it is not published. */
  findPost(
    name: { readonly id: string } | { readonly slug: string },
    visitor: CurrentUser | undefined,
  ): Promise<DiscussedPost | undefined>

  /**
   * One page of the discussion, oldest first, answers under what they answer. `post` was found for the
   * same visitor. Throws ForbiddenError when it may not be read, NotFoundError when it takes no
   * comments or has no such page.
   */
  list(
    post: DiscussedPost,
    asked: { readonly visitor: CurrentUser | undefined; readonly pageNumber: number },
  ): Promise<CommentThread>

  /** Where a comment is shown to this visitor; undefined when it is not. */
  findPlace(commentId: string, visitor: CurrentUser | undefined): Promise<CommentPlace | undefined>

  /**
   * The first comment of a member is held; so is every next one until one has been published. The same
   * text twice in a row is one comment. Throws InvalidInputError for a text that cannot be taken,
   * TooManyRequestsError after five in ten minutes, ConflictError when what it answers is gone.
   */
  add(
    post: DiscussedPost,
    written: {
      readonly author: CurrentUser
      readonly text: string
      readonly parentId: string | undefined
    },
  ): Promise<{ readonly id: string; readonly isHeld: boolean }>

  /** Undefined when there is none, it is deleted, or somebody else wrote it. */
  findOwn(commentId: string, author: CurrentUser): Promise<OwnComment | undefined>

  /** Throws NotFoundError for what is not the author's own, ForbiddenError when it is too late. */
  edit(
    commentId: string,
    change: { readonly author: CurrentUser; readonly text: string },
  ): Promise<void>

  /** What was said is gone for good; answers stay. Throws NotFoundError as `edit` does. */
  remove(commentId: string, author: CurrentUser): Promise<void>

  /** Whoever reports a comment again changes their reason. */
  report(
    commentId: string,
    report: { readonly by: CurrentUser; readonly reason: string },
  ): Promise<void>

  /** Published comments of each of these posts; those without any are left out. One query. */
  counts(postIds: readonly string[]): Promise<ReadonlyMap<string, number>>
}

import type { ActorAddresses } from '@rose-ash/shared/activitypub/addresses'
import type {
  Comment,
  CommentThread,
  DiscussedPost,
  SaidComment,
} from '@rose-ash/shared/contracts/comments'
import { longestComment, longestReason } from '@rose-ash/shared/contracts/comments'
import type { Services } from '@rose-ash/shared/contracts/services'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import { initialOf } from '@rose-ash/shared/infrastructure/view/initial'
import { likePath } from '../likes/describe-like.ts'
import type { Pagination } from '../lists/pagination.ts'
import { commentPath, commentsPath, discussionPath, postPath, signInPath } from './addresses.ts'
import { describeElsewhere } from './describe-elsewhere.ts'

/** What was sent and could not be taken. It is shown again where it was written. */
export interface Draft {
  readonly text: string
  readonly error: string
  readonly parentId: string | undefined
}

export interface AskedThread {
  /** As other servers know the blog. */
  readonly actor: ActorAddresses
  readonly post: DiscussedPost
  readonly visitor: CurrentUser | undefined
  readonly pageNumber: number
  readonly draft?: Draft
  /** Said above the comments, and read aloud. */
  readonly message?: string
  /** Whether it will stand in the post's own page. */
  readonly isPart: boolean
}

/** What `partials/comments.hbs` shows: four queries, however many comments there are. */
export async function describeThread(
  { comments, likes }: Pick<Services, 'comments' | 'likes'>,
  asked: AskedThread,
): Promise<object> {
  const { post, visitor, pageNumber, draft, isPart } = asked
  const here = isPart ? `${postPath(post.slug)}#comments` : discussionPath(post.slug)
  const common = {
    message: asked.message ?? null,
    signInUrl: visitor ? null : signInPath(here),
    isReadable: post.isReadable,
    elsewhere: describeElsewhere(post, asked.actor),
    form: visitor && post.isReadable ? commentForm(post, draft) : null,
  }
  if (!post.isReadable) {
    return { ...common, comments: [], publishedCount: 0, pagination: null }
  }
  const thread = await comments.list(post, { visitor, pageNumber })
  const ids = thread.comments.filter(({ said }) => said && !said.isHeld).map(({ id }) => id)
  const [counts, liked] = await Promise.all([
    likes.counts('comment', ids),
    visitor ? likes.likedIds(visitor.id, 'comment', ids) : new Set<string>(),
  ])
  const onPage = new Set(thread.comments.map(({ id }) => id))
  const describe = ({ said, ...comment }: Comment) => ({
    ...comment,
    inReplyTo: comment.inReplyTo && {
      name: comment.inReplyTo.name,
      url: onPage.has(comment.inReplyTo.id)
        ? `#comment-${comment.inReplyTo.id}`
        : commentPath({ postId: post.id, commentId: comment.inReplyTo.id }),
    },
    said: said && {
      ...describeSaid(said),
      url: commentPath({ postId: post.id, commentId: comment.id }),
      like: said.isHeld
        ? null
        : {
            action: likePath('comment', comment.id),
            isLiked: liked.has(comment.id),
            count: counts.get(comment.id) ?? 0,
            what: `the comment by ${said.name}`,
            signInUrl: visitor ? null : signInPath(here),
          },
      ...controls(post, { comment: { ...comment, said }, visitor, draft }),
    },
  })
  return {
    ...common,
    comments: thread.comments.map(describe),
    publishedCount: thread.publishedCount,
    pagination: paginate(post, thread),
  }
}

function describeSaid(said: SaidComment) {
  return {
    name: said.name,
    initial: initialOf(said.name),
    authorUrl: said.authorUrl,
    authorHandle: said.authorHandle,
    remoteUrl: said.remoteUrl,
    server: said.remoteUrl && (URL.parse(said.remoteUrl)?.host ?? null),
    isByPostAuthor: said.isByPostAuthor,
    html: said.html,
    createdAt: said.createdAt,
    isEdited: said.editedAt !== null,
    isHeld: said.isHeld,
  }
}

/** What this visitor can do with a comment. */
function controls(
  post: DiscussedPost,
  shown: {
    readonly comment: Comment & { readonly said: SaidComment }
    readonly visitor: CurrentUser | undefined
    readonly draft: Draft | undefined
  },
) {
  const { comment, visitor, draft } = shown
  const { said, id } = comment
  const path = commentPath({ postId: post.id, commentId: id })
  const isAnswerable = visitor !== undefined && !said.isHeld
  const isDrafted = draft?.parentId === id
  return {
    editUrl: said.isOwn ? `${path}edit` : null,
    editLabel: said.canEdit ? 'Edit or delete' : 'Delete',
    reply: isAnswerable
      ? {
          ...commentForm(post, isDrafted ? draft : undefined, id),
          label: `Your answer to ${said.name}`,
        }
      : null,
    isReplyOpen: isDrafted,
    report: isAnswerable && !said.isOwn ? { action: `${path}report`, id, longestReason } : null,
  }
}

/** As `partials/comment-form.hbs` shows it: for a comment of its own, or for an answer. */
function commentForm(post: DiscussedPost, draft: Draft | undefined, parentId?: string) {
  const isMine = draft?.parentId === parentId
  return {
    action: commentsPath(post.id),
    fieldId: parentId ? `answer-${parentId}` : 'new-comment',
    label: 'Your comment',
    parentId: parentId ?? null,
    text: isMine ? (draft?.text ?? '') : '',
    error: isMine ? (draft?.error ?? null) : null,
    longest: longestComment,
    submitLabel: parentId ? 'Send answer' : 'Send comment',
  }
}

function paginate(post: DiscussedPost, { pageNumber, pageCount }: CommentThread): Pagination {
  const url = (number: number) => `${discussionPath(post.slug, { pageNumber: number })}#comments`
  return {
    pageNumber,
    pageCount,
    previousUrl: pageNumber > 1 ? url(pageNumber - 1) : null,
    nextUrl: pageNumber < pageCount ? url(pageNumber + 1) : null,
    previousLabel: 'Earlier',
    nextLabel: 'Later',
  }
}

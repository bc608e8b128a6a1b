import type { ActorAddresses } from '@rose-ash/shared/activitypub/addresses'
import { anonymousReader, canRead, type PostVisibility } from '@rose-ash/shared/contracts/paywall'
import { likePath } from '../likes/describe-like.ts'
import { commentsPath, discussionPath } from './addresses.ts'
import { describeElsewhere } from './describe-elsewhere.ts'

/**
 * What a post's page says of its discussion, the same for everybody: `comments-place.hbs` and
 * `like-button-place.hbs`.
 */
export function describeConversation(
  post: {
    readonly id: string
    readonly slug: string
    readonly visibility: PostVisibility
    readonly takesComments: boolean
    readonly commentCount: number
  },
  actor: ActorAddresses,
): object {
  const isPublic = canRead(post.visibility, anonymousReader)
  return {
    takesComments: post.takesComments,
    count: isPublic ? post.commentCount : 0,
    elsewhere: describeElsewhere({ ...post, isPublic }, actor),
    commentsUrl: commentsPath(post.id),
    discussionUrl: discussionPath(post.slug),
    likeUrl: likePath('post', post.id),
  }
}

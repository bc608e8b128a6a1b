import type { MembersService } from '@rose-ash/shared/contracts/members'
import { type Gated, memberReader, type PostReader } from '@rose-ash/shared/contracts/paywall'
import { may } from '@rose-ash/shared/contracts/permissions'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'

/** Who somebody is to a post. Strangers and editors cost no question. */
export function createReaderOf(
  members: MembersService,
): (user: CurrentUser | undefined, post: Gated & { readonly id: string }) => Promise<PostReader> {
  return async (user, post) => {
    if (!user) return { kind: 'anonymous' }
    if (may(user.roles, 'posts.edit', { type: 'page', id: post.id })) return { kind: 'staff' }
    return memberReader(await members.standingOf(user.id), post)
  }
}

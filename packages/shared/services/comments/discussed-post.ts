import { and, count, eq, exists, sql } from 'drizzle-orm'
import type { DiscussedPost } from '../../contracts/comments.ts'
import type { MembersService } from '../../contracts/members.ts'
import {
  anonymousReader,
  canRead,
  memberReader,
  type PostReader,
  type PostVisibility,
} from '../../contracts/paywall.ts'
import { may } from '../../contracts/permissions.ts'
import type { CurrentUser } from '../../contracts/visitor.ts'
import { apInteractions } from '../../models/activitypub.ts'
import { authors, postAuthors, posts } from '../../models/blog.ts'
import type { Queryable } from '../../models/database.ts'
import { postTiers } from '../../models/members.ts'

export interface PostFinder {
  readonly database: Queryable
  readonly members: Pick<MembersService, 'standingOf'>
}

/** Only stories: pages have no discussion. */
export async function findDiscussedPost(
  { database, members }: PostFinder,
  name: { readonly id: string } | { readonly slug: string },
  visitor: CurrentUser | undefined,
): Promise<DiscussedPost | undefined> {
  const tierIds = database
    .select({ ids: sql`array_agg(${postTiers.tierId}::text)`.as('ids') })
    .from(postTiers)
    .where(eq(postTiers.postId, posts.id))
  const [found] = await database
    .select({
      id: posts.id,
      slug: posts.slug,
      title: posts.title,
      visibility: posts.visibility,
      takesComments: posts.takesComments,
      likesElsewhere: countElsewhere(database, 'like'),
      boostsElsewhere: countElsewhere(database, 'boost'),
      isAuthor: visitor
        ? sql<boolean>`${exists(isWrittenBy(database, visitor.id))}`
        : sql<boolean>`false`,
      tierIds: sql<readonly string[] | null>`(${tierIds})`,
    })
    .from(posts)
    .where(
      and(
        'id' in name ? eq(posts.id, name.id) : eq(posts.slug, name.slug),
        eq(posts.type, 'post'),
        eq(posts.status, 'published'),
      ),
    )
  if (!found) return undefined
  const { visibility, isAuthor, tierIds: ids, ...post } = found
  const isOfStaff =
    visitor !== undefined &&
    (isAuthor || may(visitor.roles, 'posts.edit', { type: 'page', id: found.id }))
  const gated = { visibility, tierIds: ids ?? [] }
  const reader: PostReader = isOfStaff
    ? { kind: 'staff' }
    : await readerOf(visitor, { gated, members })
  return {
    ...post,
    isPublic: canRead(visibility, anonymousReader),
    isReadable: canRead(visibility, reader),
    isOfStaff,
  }
}

function countElsewhere(database: Queryable, kind: 'like' | 'boost') {
  const those = database
    .select({ value: count() })
    .from(apInteractions)
    .where(and(eq(apInteractions.postId, posts.id), eq(apInteractions.kind, kind)))
  return sql`(${those})`.mapWith(Number)
}

/** A query for whether a post's bylines have this member among them. */
function isWrittenBy(database: Queryable, userId: string) {
  return database
    .select({ one: sql`1` })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .where(and(eq(postAuthors.postId, posts.id), eq(authors.userId, userId)))
}

async function readerOf(
  visitor: CurrentUser | undefined,
  {
    gated,
    members,
  }: {
    readonly gated: { readonly visibility: PostVisibility; readonly tierIds: readonly string[] }
    readonly members: Pick<MembersService, 'standingOf'>
  },
): Promise<PostReader> {
  if (!visitor) return anonymousReader
  const isPaid = gated.visibility === 'paid' || gated.visibility === 'tiers'
  if (!isPaid) return { kind: 'member', isPaying: false }
  return memberReader(await members.standingOf(visitor.id), gated)
}

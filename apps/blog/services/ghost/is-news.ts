import type { PostNews } from '../posts/tell-of-post.ts'

const dayMilliseconds = 24 * 60 * 60 * 1000

/**
 * Whether what happened to a post of another site is told to everybody, as if it was written here: it was
 * published since the site is followed, and, when it is new here, not longer than a day ago. Its later changes
 * follow it, so that nobody who was told keeps what is gone.
 */
export function isNews({
  change,
  publishedAt,
  followedSince,
}: {
  readonly change: PostNews['change']
  readonly publishedAt: Date | null
  /** Undefined when it is not followed: a file. */
  readonly followedSince: Date | undefined
}): boolean {
  if (!followedSince || !publishedAt || publishedAt < followedSince) return false
  return change !== 'Create' || publishedAt.getTime() > Date.now() - dayMilliseconds
}

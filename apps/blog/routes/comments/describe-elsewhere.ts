import type { ActorAddresses } from '@rose-ash/shared/activitypub/addresses'
import { postPath } from './addresses.ts'

/** How somebody on another server finds a post, to answer it from there: `partials/elsewhere.hbs`. */
export interface Elsewhere {
  readonly handle: string
  /** What they search for. */
  readonly address: string
  readonly likes: number
  readonly boosts: number
}

/** Null for what is not open to everybody: it is not answered from elsewhere. */
export function describeElsewhere(
  post: {
    readonly slug: string
    readonly isPublic: boolean
    readonly takesComments: boolean
    readonly likesElsewhere?: number
    readonly boostsElsewhere?: number
  },
  { handle, home }: ActorAddresses,
): Elsewhere | null {
  if (!post.isPublic || !post.takesComments) return null
  return {
    handle,
    address: new URL(postPath(post.slug), home).href,
    likes: post.likesElsewhere ?? 0,
    boosts: post.boostsElsewhere ?? 0,
  }
}

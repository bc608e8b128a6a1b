import type { ActorAddresses } from '@rose-ash/shared/activitypub/addresses'
import { postPath } from './addresses.ts'

/** How somebody on another server finds a post, to answer it from there: `partials/elsewhere.hbs`. */
export interface Elsewhere {
  readonly handle: string
  /** What they search for; null for what is not answered from elsewhere. */
  readonly address: string | null
  readonly likes: number
  readonly boosts: number
}

/** Only what is open to everybody is answered from elsewhere. */
export function describeElsewhere(
  post: {
    readonly slug: string
    readonly isPublic: boolean
    readonly takesComments: boolean
    readonly likesElsewhere?: number
    readonly boostsElsewhere?: number
  },
  { handle, home }: ActorAddresses,
): Elsewhere {
  const isAnswered = post.isPublic && post.takesComments
  return {
    handle,
    address: isAnswered ? new URL(postPath(post.slug), home).href : null,
    likes: post.likesElsewhere ?? 0,
    boosts: post.boostsElsewhere ?? 0,
  }
}

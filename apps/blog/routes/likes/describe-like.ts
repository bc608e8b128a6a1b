/** As `partials/like-button.hbs` shows it. */
export interface LikeButton {
  readonly action: string
  readonly isLiked: boolean
  readonly count: number
  /** What is liked, in words: `this post`. */
  readonly what: string
  /** Where a stranger signs in first; null for a member. */
  readonly signInUrl: string | null
}

export function likePath(type: 'post' | 'comment', id: string): string {
  return `/likes/${type}/${id}/`
}

/** `/<slug>/` of a post. */
export function postPath(slug: string): string {
  return `/${encodeURIComponent(slug)}/`
}

/** A page of a post's discussion, and a comment on it. */
export function discussionPath(
  slug: string,
  { pageNumber = 1, commentId }: { readonly pageNumber?: number; readonly commentId?: string } = {},
): string {
  const query = pageNumber > 1 ? `?page=${pageNumber}` : ''
  return `${postPath(slug)}comments/${query}${commentId ? `#comment-${commentId}` : ''}`
}

export function signInPath(next: string): string {
  return `/auth/login?next=${encodeURIComponent(next)}`
}

/** The address of a comment that stays, whichever page it comes to stand on. */
export function commentPath({
  postId,
  commentId,
}: {
  readonly postId: string
  readonly commentId: string
}): string {
  return `/comments/${postId}/${commentId}/`
}

/** Where all that is about a post's discussion is asked for and sent. */
export function commentsPath(postId: string): string {
  return `/comments/${postId}/`
}

/** Anything that can be liked, by its kind and its id. */
export interface LikeTarget {
  readonly type: LikedType
  readonly id: string
}

export type LikedType = 'post' | 'comment' | 'product'

/**
 * Who likes what. One like a member and thing, however often and from however many windows it is
 * pressed at once. It does not ask whether the thing is there or may be seen: the caller has done so.
 */
export interface LikesService {
  /** Likes what was not liked, and the other way round. Returns whether it is liked now. */
  toggle(userId: string, target: LikeTarget): Promise<boolean>
  /** Likes it or not, however it was before. */
  put(userId: string, target: LikeTarget, isLiked: boolean): Promise<void>
  isLiked(userId: string, target: LikeTarget): Promise<boolean>
  /** Which of these the member likes: one query. */
  likedIds(userId: string, type: LikedType, ids: readonly string[]): Promise<ReadonlySet<string>>
  /** How many members like each; what nobody likes is left out. One query. */
  counts(type: LikedType, ids: readonly string[]): Promise<ReadonlyMap<string, number>>
}

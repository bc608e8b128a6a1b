import type { PublicArticle } from './serialise/article.ts'

/** What an app publishes, as everybody may read it: it asks the paywall, and nobody after it has to. */
export interface Publisher {
  /** Undefined when there is no such post, or strangers may not see that there is one. */
  find(postId: string): Promise<PublicArticle | undefined>
  /** The next twenty, the newest first; from the newest when `before` is undefined. */
  list(before: ArticlePlace | undefined): Promise<readonly PublicArticle[]>
  count(): Promise<number>
}

/** A place in the order of time, where a page ends and the next begins. */
export interface ArticlePlace {
  readonly publishedAt: Date
  readonly postId: string
}

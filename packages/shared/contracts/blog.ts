import type { Container, Image } from './container.ts'

/** A post as it is named in lists, links and cards of other services. */
export interface PostSummary {
  readonly id: string
  readonly type: 'post' | 'page'
  readonly slug: string
  readonly title: string
  readonly excerpt: string
  /** Path on the blog: `/bread-for-the-weekend/`. */
  readonly path: string
  readonly image: Image | null
  readonly publishedAt: Date | null
}

/** One entry of the site's menu with what stands under it. `url` is absolute. */
export interface NavigationNode {
  readonly label: string
  readonly url: string
  readonly children: readonly NavigationNode[]
}

/** A page that calendars and market places may hang on. */
export interface PageContainer extends Container {
  readonly slug: string
  readonly title: string
}

export interface BlogService {
  /** Published posts and pages only, in the order of `ids`; unknown ids are left out. */
  findPosts(ids: readonly string[]): Promise<readonly PostSummary[]>
  /** A published post or page; a page wins over a post of the same slug. */
  findPostBySlug(slug: string): Promise<PostSummary | undefined>
  findPagesByIds(ids: readonly string[]): Promise<readonly PageContainer[]>
  findPageBySlug(slug: string): Promise<PageContainer | undefined>
  navigationTree(): Promise<readonly NavigationNode[]>
}

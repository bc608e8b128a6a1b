import type { Container, Image } from './container.ts'
import type { OpenTransaction } from './relations.ts'

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

/** What an entry of a menu can lead to so that it follows when that moves. Pages are posts here. */
export type MenuTargetKind = 'post' | 'tag' | 'market' | 'calendar'

/** Something of the platform that an entry of a menu can lead to. */
export interface MenuTarget {
  readonly kind: MenuTargetKind
  readonly id: string
  readonly isPage: boolean
  readonly title: string
  /** Where it is now, absolute. */
  readonly url: string
  /** Whether everybody may see it; menus show nothing else. */
  readonly isPublic: boolean
}

/** One entry as those who edit the menu see it, shown or not. */
export interface MenuEntry {
  readonly id: string
  readonly label: string
  /** Undefined for a path that no target is known for, and for an address elsewhere. */
  readonly target: MenuTarget | undefined
  /** Null when what it led to is gone. */
  readonly url: string | null
  readonly isElsewhere: boolean
  readonly state: 'shown' | 'unpublished' | 'gone'
  readonly children: readonly MenuEntry[]
  /** What hangs on its page, and therefore stands below it without an entry of its own. */
  readonly attached: readonly NavigationNode[]
}

/** How deep menus go. */
export const menuLevels = 3

export interface MenuTargetQuestion {
  /** Words, of which the title has all, the last ones perhaps only begun. */
  readonly words: string
  /** Also what is not published. For people who may see all drafts of the site. */
  readonly withUnpublished: boolean
}

/** What a page can offer besides its text. */
export type PageFeature = 'calendar' | 'market'

/** A calendar or market place on a page, whether or not the page is published. */
export interface HangingThing {
  readonly feature: PageFeature
  readonly name: string
  /** Absolute. */
  readonly url: string
}

/** The words and links at the end of every page of all apps. */
export interface SiteFooter {
  /** As it was written: paragraphs, and links as `[words](address)`. */
  readonly text: string
  readonly links: readonly FooterLink[]
}

export interface FooterLink {
  readonly label: string
  /** An https address, or a path on the blog. */
  readonly address: string
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
  /** Published pages. With a feature only those whose owners have switched it on: what hangs on others is not shown. */
  findPagesByIds(ids: readonly string[], feature?: PageFeature): Promise<readonly PageContainer[]>
  findPageBySlug(slug: string): Promise<PageContainer | undefined>
  /** What visitors see of the site's menu, or of that of a page. A constant number of queries. */
  navigationTree(container?: Container): Promise<readonly NavigationNode[]>
  /** The same menu with everything in it, for those who edit it. */
  menuOf(container: Container | null): Promise<readonly MenuEntry[]>
  /** At most eight of each kind. */
  findMenuTargets(question: MenuTargetQuestion): Promise<readonly MenuTarget[]>
  findMenuTarget(kind: MenuTargetKind, id: string): Promise<MenuTarget | undefined>
  /** Undefined until somebody has written one. */
  footer(): Promise<SiteFooter | undefined>
  /** The text and the links must have been checked. */
  saveFooter(footer: SiteFooter): Promise<void>
  /** What the owners of a page have switched on. */
  featuresOf(pageId: string): Promise<readonly PageFeature[]>
  /**
   * Throws ConflictError when it is off: whoever makes a calendar or a market place on a page asks first, in
   * the same transaction, so that nobody switches it off before that is committed.
   */
  assertFeature(pageId: string, feature: PageFeature, transaction?: OpenTransaction): Promise<void>
  hangingOn(pageId: string): Promise<readonly HangingThing[]>
  /** Idempotent. Switching off throws ConflictError while something hangs there. */
  switchFeature(change: FeatureSwitch): Promise<void>
}

export interface FeatureSwitch {
  readonly pageId: string
  readonly feature: PageFeature
  readonly isOn: boolean
  readonly userId: string
}

/** What a Ghost site has lists of. */
export type GhostResource =
  | 'posts'
  | 'pages'
  | 'tags'
  | 'users'
  | 'tiers'
  | 'newsletters'
  | 'members'

/** A row as the API gives it. Other keys come and go between versions of Ghost. */
export interface GhostRow {
  readonly id: string
  readonly [column: string]: unknown
}

export interface GhostPage {
  readonly rows: readonly GhostRow[]
  readonly total: number
  /** The number of the page after this one. */
  readonly next: number | undefined
}

export interface GhostQuery {
  /** From 1. */
  readonly page?: number
  /** In Ghost's own language: `updated_at:>='2026-11-22T02:12:27.000Z'`. */
  readonly filter?: string
  /** `updated_at asc,id asc`. */
  readonly order?: string
  /** Only these columns. */
  readonly fields?: readonly string[]
}

export interface GhostSiteFacts {
  /** Where readers find it, without a slash at the end: the API may be at another address. */
  readonly url: string
  readonly title: string
  readonly version: string
  /** IANA name, when it says so. */
  readonly timeZone: string | undefined
}

/** A Ghost site as it can be read with one key. Its functions throw GhostSiteError. */
export interface GhostReader {
  /** The Content API gives what everybody may read and nothing else. */
  readonly kind: 'admin' | 'content'
  site(signal?: AbortSignal): Promise<GhostSiteFacts>
  /** 100 rows at most, which is what Ghost 6 gives. */
  readPage(resource: GhostResource, query?: GhostQuery, signal?: AbortSignal): Promise<GhostPage>
  /** The text of the site's routes.yaml; undefined when the key may not read it. */
  routes(signal?: AbortSignal): Promise<string | undefined>
  /** Undefined when there is none. */
  find(resource: GhostResource, id: string, signal?: AbortSignal): Promise<GhostRow | undefined>
}

export const rowsOnPage = 100

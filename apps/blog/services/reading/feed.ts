/** A feed in the words of no format. Addresses are whole. */
export interface Feed {
  readonly title: string
  readonly description: string
  /** The page that it is the feed of. */
  readonly pageUrl: string
  /** Of this very form of it. */
  readonly selfUrl: string
  readonly language: string
  readonly items: readonly FeedItem[]
}

export interface FeedItem {
  /** The post's. */
  readonly id: string
  /** The same for ever: a reader that has seen it does not show it again. */
  readonly guid: string
  readonly title: string
  readonly url: string
  readonly summary: string
  /** What everybody may read of it. */
  readonly html: string
  readonly publishedAt: Date
  readonly updatedAt: Date
  readonly authors: readonly { readonly name: string; readonly url: string }[]
  readonly tags: readonly { readonly name: string; readonly url: string }[]
  readonly language: string | null
  readonly picture: FeedPicture | null
  /** What its types ask for, by name. */
  readonly fields: Readonly<Record<string, string | number | boolean>>
}

export interface FeedPicture {
  readonly url: string
  /** Null, as is the size, for one that is not kept here. */
  readonly contentType: string | null
  readonly sizeBytes: number | null
  readonly width: number | null
  readonly height: number | null
  readonly alt: string
}

export type FeedFormat = 'rss' | 'atom' | 'json'

/** When anything in it was changed last; undefined when it is empty. */
export function changedAt({ items }: Feed): Date | undefined {
  const times = items.map(({ updatedAt, publishedAt }) =>
    Math.max(updatedAt.getTime(), publishedAt.getTime()),
  )
  return times.length > 0 ? new Date(Math.max(...times)) : undefined
}

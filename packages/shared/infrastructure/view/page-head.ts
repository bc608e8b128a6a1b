/** What machines are told of a page beside its title and description. */
export interface PageHead {
  /** Addresses that belong to the page: feeds, neighbours, oEmbed. */
  readonly links?: readonly HeadLink[]
  /** Open Graph and others; those of the same name replace the page's own. */
  readonly meta?: readonly HeadMeta[]
  /** A description in the words of schema.org. */
  readonly structured?: object
}

export interface HeadLink {
  readonly rel: string
  readonly href: string
  readonly type?: string
  readonly title?: string
}

export interface HeadMeta {
  /** `property` for Open Graph, `name` for others. */
  readonly key: 'property' | 'name'
  readonly name: string
  readonly content: string
}

/** JSON-LD that may stand in a `<script>`: nothing in it can end the element or begin a comment. */
export function writeStructured(structured: object): string {
  return JSON.stringify(structured)
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}

export interface DescribedPage {
  readonly title: string
  readonly description: string
  readonly canonicalUrl: string | null
  readonly image: string | null
  readonly siteName: string
  readonly language: string
}

/** All meta elements of a page, one of each name; several of `article:tag` and the like may stand. */
export function metaOf(page: DescribedPage, { meta = [] }: PageHead): readonly HeadMeta[] {
  const own = ([name, content]: readonly [string, string | null]): HeadMeta[] =>
    content === null
      ? []
      : [{ key: name.startsWith('twitter:') ? 'name' : 'property', name, content }]
  const given = new Set(meta.map(({ name }) => name))
  const defaults = (
    [
      ['og:site_name', page.siteName],
      ['og:locale', page.language.replace('-', '_')],
      ['og:type', 'website'],
      ['og:title', page.title],
      ['og:description', page.description],
      ['og:url', page.canonicalUrl],
      ['og:image', page.image],
      ['twitter:card', page.image ? 'summary_large_image' : 'summary'],
    ] as const
  ).flatMap(own)
  return [...defaults.filter(({ name }) => !given.has(name)), ...meta]
}

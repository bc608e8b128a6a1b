import sanitizeHtml from 'sanitize-html'

/** What a page says of itself in its head. Addresses are absolute. */
export interface PageFacts {
  readonly title: string
  readonly description: string
  readonly author: string
  readonly publisher: string
  readonly iconUrl: string | undefined
  readonly thumbnailUrl: string | undefined
  /** Where it offers itself as oEmbed, in JSON. */
  readonly oembedUrl: string | undefined
}

const mostCharacters = 500

/** Reads Open Graph, Twitter cards, plain `meta` and `title`, in this order. `url` is the page's own. */
export function readPageFacts(html: string, url: string): PageFacts {
  const named = new Map<string, string>()
  const links = new Map<string, string>()
  let title = ''
  let isTitleRead = false
  sanitizeHtml(html, {
    allowedTags: ['title'],
    allowedAttributes: {},
    textFilter(text, tagName) {
      if (tagName === 'title' && !isTitleRead) title += plain(text)
      return text
    },
    // Pictures drawn in the page have titles too.
    onCloseTag(tagName) {
      if (tagName === 'title') isTitleRead = true
    },
    onOpenTag(tagName, attributes) {
      const name = (attributes['property'] ?? attributes['name'])?.toLowerCase()
      const { content, rel, href, type } = attributes
      if (tagName === 'meta' && name && content && !named.has(name)) named.set(name, content)
      if (tagName !== 'link' || !href) return
      const kinds = (rel ?? '').toLowerCase().split(/\s+/)
      if (type === 'application/json+oembed') kinds.push('oembed')
      for (const kind of kinds) if (!links.has(kind)) links.set(kind, href)
    },
  })
  const first = (...names: readonly string[]) =>
    tidy(names.map((name) => named.get(name)).find(Boolean) ?? '')
  const address = (found: string | undefined) => {
    const parsed = found ? URL.parse(found, url) : null
    return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : undefined
  }
  const { hostname } = new URL(url)
  const author = first('article:author', 'author', 'twitter:creator')
  return {
    title: first('og:title', 'twitter:title') || tidy(title) || hostname,
    description: first('og:description', 'twitter:description', 'description'),
    author: /^https?:/.test(author) ? '' : author,
    publisher: first('og:site_name', 'application-name') || hostname.replace(/^www\./, ''),
    iconUrl: address(links.get('apple-touch-icon') ?? links.get('icon') ?? '/favicon.ico'),
    thumbnailUrl: address(first('og:image', 'og:image:url', 'twitter:image') || undefined),
    oembedUrl: address(links.get('oembed')),
  }
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, mostCharacters)
}

/** The filter is given text as it would be written into HTML. */
function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

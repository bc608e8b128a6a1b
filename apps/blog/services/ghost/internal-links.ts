const linkPattern = /<a\s[^>]*href="\/([^"/?#]+)\/?(?:[?#][^"]*)?"/g

/** The slugs that links in a body lead to: addresses of one part on this site. */
export function findInternalLinks(html: string): readonly string[] {
  const found = new Set<string>()
  for (const [, slug] of html.matchAll(linkPattern)) {
    try {
      if (slug) found.add(decodeURIComponent(slug))
    } catch {
      // An address that is no UTF-8 leads nowhere.
    }
  }
  return [...found]
}

/** Addresses of the blog's own pages, which no post or page can have. */
export const reservedSlugs: ReadonlySet<string> = new Set([
  'admin',
  'archive',
  'atom',
  'feed',
  'health',
  'oembed',
  'ready',
  'rss',
  'search',
  'tags',
])

/** What Ghost makes addresses of. */
export interface AddressedPost {
  readonly id: string
  readonly slug: string
  readonly publishedAt: Date
  /** Of the first author. */
  readonly author: string | undefined
  readonly primaryTag: string | undefined
}

const known = /\{(slug|id|year|month|day|author|primary_author|primary_tag)\}/g

/** Whether every part in braces is one that is known here. */
export function isPermalink(permalink: string): boolean {
  return permalink.startsWith('/') && !/[{}]/.test(permalink.replace(known, ''))
}

/** The address of a post at its site, with a slash at the end. Days are those of the site's time zone. */
export function permalinkOf(permalink: string, post: AddressedPost, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(post.publishedAt)
  const [year = '', month = '', date = ''] = day.split('-')
  const parts: Readonly<Record<string, string>> = {
    slug: post.slug,
    id: post.id,
    year,
    month,
    day: date,
    // As Ghost has it for a post of nobody and of no tag.
    author: post.author ?? 'all',
    primary_author: post.author ?? 'all',
    primary_tag: post.primaryTag ?? 'all',
  }
  const path = permalink.replace(known, (_whole, name: string) => parts[name] ?? '')
  return path.endsWith('/') ? path : `${path}/`
}

/** First parts of the blog's own addresses, where a post could never be read. */
export const reservedSlugs: ReadonlySet<string> = new Set(
  `admin api archive assets atom auth author authors content feed health internal lists metrics new oembed page post
  ready rss search sign-in sign-out sitemap tag tags`.split(/\s+/),
)

const slugLength = 185
const isSlug = /^[\p{L}\p{M}\p{N}_-]{1,191}$/u

/** Ghost's slug if it has one that can be an address, else one made of `title`. */
export function wantedSlug(slug: string | null | undefined, title: string): string {
  if (slug && isSlug.test(slug)) return slug
  return slugify(slug ?? '') || slugify(title) || 'untitled'
}

/** `wanted`, or with `-2`, `-3` … behind it, the first that is free. */
export async function freeSlug(
  wanted: string,
  isTaken: (slug: string) => Promise<boolean>,
): Promise<string> {
  let slug = wanted
  for (let turn = 2; reservedSlugs.has(slug) || (await isTaken(slug)); turn += 1) {
    slug = `${wanted}-${turn}`
  }
  return slug
}

/** Whether a row that wants `wanted` may keep the slug it has. */
export function isSlugFor(slug: string, wanted: string): boolean {
  return (
    slug === wanted ||
    (slug.startsWith(`${wanted}-`) && /^\d+$/.test(slug.slice(wanted.length + 1)))
  )
}

/** Lower case letters, digits, `-` and `_` of any script, without accents in Latin. */
export function slugify(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .slice(0, slugLength)
    .replace(/^-+|-+$/g, '')
}

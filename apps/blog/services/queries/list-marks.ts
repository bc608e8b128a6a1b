/** A paragraph with nothing else in it. Spaces may be hard ones. */
const mark =
  /<p(?:\s[^<>]*)?>(?:\s|&nbsp;)*\[\[list:(?:\s|&nbsp;)*([a-z0-9-]{1,100})(?:\s|&nbsp;)*\]\](?:\s|&nbsp;)*<\/p>/g

/** In every mark, and in hardly any other text: a long one need not be looked through. */
const sign = '[[list:'

/** Which lists are to stand in a text: the slugs in `[[list: slug]]`, each once. */
export function findListMarks(html: string): readonly string[] {
  if (!html.includes(sign)) return []
  return [...new Set(Array.from(html.matchAll(mark), ([, slug = '']) => slug))]
}

/** Puts lists, by slug and as trusted HTML, where their marks are. A mark whose list is not given goes. */
export function fillListMarks(html: string, lists: ReadonlyMap<string, string>): string {
  if (!html.includes(sign)) return html
  return html.replaceAll(mark, (_, slug: string) => lists.get(slug) ?? '')
}

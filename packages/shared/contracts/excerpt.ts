export const excerptLetters = 200

/**
 * What stands under a title in lists: the author's own words, or the first sentences cut between
 * words. `beginning` is of what everybody may read (`posts.public_text`), and should hold some letters
 * more than `excerptLetters`.
 */
export function excerptOf(post: {
  readonly customExcerpt: string | null
  readonly beginning: string
}): string {
  if (post.customExcerpt) return post.customExcerpt
  const text = post.beginning.replaceAll(/\s+/g, ' ').trim()
  if (text.length <= excerptLetters) return text
  return `${text.slice(0, text.lastIndexOf(' ', excerptLetters))}…`
}

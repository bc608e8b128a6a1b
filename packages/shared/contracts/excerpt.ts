import type { PostVisibility } from './paywall.ts'

export const excerptLetters = 200

/**
 * What stands under a title in lists: the author's own words, or the first sentences cut between
 * words. A post that not everybody may read gives nothing of its text away. `beginning` should hold
 * some letters more than `excerptLetters`.
 */
export function excerptOf(post: {
  readonly customExcerpt: string | null
  readonly beginning: string
  readonly visibility: PostVisibility
}): string {
  if (post.customExcerpt) return post.customExcerpt
  if (post.visibility !== 'public') return ''
  const text = post.beginning.replaceAll(/\s+/g, ' ').trim()
  if (text.length <= excerptLetters) return text
  return `${text.slice(0, text.lastIndexOf(' ', excerptLetters))}…`
}

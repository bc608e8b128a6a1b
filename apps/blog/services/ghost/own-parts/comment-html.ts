/** What comments are made of, and nothing that could load, run or look like a part of the page. */
const tagPattern =
  /^<(?:(?<close>\/)?(?<name>p|a|strong|b|em|i|u|s|del|code|pre|blockquote|ul|ol|li)|br(?: \/)?|a(?<link>(?: href="https?:\/\/[^"<>\s]*")? rel="nofollow ugc noopener"))>$/

/**
 * Whether HTML is as this platform itself keeps comments: tags from a short list, each closed where it was opened, and
 * links marked as a stranger's. It is taken as it is, or not at all.
 */
export function isCommentHtml(html: string): boolean {
  const open: string[] = []
  for (const part of html.split(/(<[^<>]*>)/)) {
    if (!part.startsWith('<')) {
      if (/[<>]/.test(part)) return false
      continue
    }
    const groups = tagPattern.exec(part)?.groups
    if (!groups) return false
    const name = groups['link'] === undefined ? groups['name'] : 'a'
    if (name === undefined) continue
    if (groups['close'] === undefined) open.push(name)
    else if (open.pop() !== name) return false
  }
  return open.length === 0
}

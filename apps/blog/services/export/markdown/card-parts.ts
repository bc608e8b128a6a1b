import type { LexicalNode } from '../../documents/lexical.ts'
import { escapeText, linkTarget } from './escape-text.ts'
import { comment } from './html-block.ts'

/** A link that stands alone. */
export function linkLine(text: unknown, url: unknown): string {
  const label = words(text).trim() || words(url)
  return label === '' ? '' : `[${escapeText(label)}](${linkTarget(words(url))})`
}

/** Says for whom a part is that not everybody gets; all of it stands in the file. */
export function audience(node: LexicalNode): string {
  const shown = (node['visibility'] ?? {}) as {
    readonly web?: { readonly nonMember?: unknown; readonly memberSegment?: unknown }
  }
  if (!shown.web || shown.web.nonMember === true) return ''
  return comment(` only for members: ${words(shown.web.memberSegment)} `)
}

/** Those that hold something, with an empty line between them. */
export function blocks(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

/** A property that may not be there. */
export function words(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

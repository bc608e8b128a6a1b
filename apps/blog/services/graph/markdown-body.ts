import { isDocument, type LexicalDocument } from '../documents/lexical.ts'

/** A body that is one Markdown card, as Ghost has them. */
export function markdownDocument(markdown: string): LexicalDocument {
  const children = [{ type: 'markdown', version: 1, markdown }]
  return {
    root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children },
  }
}

/** The Markdown of such a body; undefined for one that was written in another way. */
export function findMarkdown(lexical: unknown): string | undefined {
  if (!isDocument(lexical)) return undefined
  const [card, other] = lexical.root.children ?? []
  if (!card) return ''
  const { markdown } = card
  return !other && card.type === 'markdown' && typeof markdown === 'string' ? markdown : undefined
}

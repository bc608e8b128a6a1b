import { escapeHtml } from '../documents/escape.ts'
import type { LexicalDocument } from '../documents/lexical.ts'

export interface PlainBody {
  readonly lexical: LexicalDocument
  readonly html: string
  readonly plaintext: string
  readonly publicText: string
}

/** One paragraph, as the body of a type or a relation: no renderer is needed for that. */
export function describePlainly(text: string): PlainBody {
  const children = [
    {
      type: 'paragraph',
      version: 1,
      direction: 'ltr',
      format: '',
      indent: 0,
      children: [
        {
          type: 'extended-text',
          version: 1,
          text,
          format: 0,
          detail: 0,
          mode: 'normal',
          style: '',
        },
      ],
    },
  ]
  const root = { type: 'root', version: 1, direction: 'ltr', format: '', indent: 0, children }
  return {
    lexical: { root },
    html: `<p>${escapeHtml(text)}</p>`,
    plaintext: text,
    publicText: text,
  }
}

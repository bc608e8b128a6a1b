/** A node of a Lexical document, as Ghost stores it. */
export type LexicalNode = Readonly<Record<string, unknown>>

type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly format: number }
  | { readonly kind: 'link'; readonly url: string; readonly pieces: readonly Piece[] }

const marks: readonly { readonly sign: string; readonly bit: number; readonly element: string }[] =
  [
    { sign: '**', bit: 1, element: 'strong' },
    { sign: '==', bit: 128, element: 'mark' },
    { sign: '~~', bit: 4, element: 's' },
    { sign: '*', bit: 2, element: 'em' },
    { sign: '`', bit: 16, element: 'code' },
  ]

/** Running text with `**bold**`, `*italic*`, `code`, `==mark==` and `[links](/to/)` as nodes. */
export function inlineNodes(text: string): LexicalNode[] {
  return parse(text, 0).map(pieceNode)
}

/** The same running text as HTML, for captions, callouts and toggles. */
export function inlineHtml(text: string): string {
  return parse(text, 0).map(pieceHtml).join('')
}

export function textNode(text: string, format = 0): LexicalNode {
  return { detail: 0, format, mode: 'normal', style: '', text, type: 'extended-text', version: 1 }
}

export function linkUrl(url: string): string {
  return url.startsWith('/') ? `__GHOST_URL__${url}` : url
}

/** Straight quotation marks and apostrophes as printers set them. */
export function curlyQuotes(text: string): string {
  return text
    .replaceAll(/(^|[\s(])"/g, '$1“')
    .replaceAll('"', '”')
    .replaceAll(/(^|[\s(])'/g, '$1‘')
    .replaceAll("'", '’')
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function parse(text: string, format: number): Piece[] {
  const link = /\[([^\]]+)\]\(([^)\s]+)\)/.exec(text)
  const mark = firstMark(text)
  if (link !== null && (mark === undefined || link.index <= mark.start)) {
    const [whole, label = '', url = ''] = link
    return [
      ...plain(text.slice(0, link.index), format),
      { kind: 'link', url: linkUrl(url), pieces: parse(label, format) },
      ...parse(text.slice(link.index + whole.length), format),
    ]
  }
  if (mark === undefined) return plain(text, format)
  const inner = text.slice(mark.start + mark.sign.length, mark.end)
  return [
    ...plain(text.slice(0, mark.start), format),
    ...parse(inner, format | mark.bit),
    ...parse(text.slice(mark.end + mark.sign.length), format),
  ]
}

interface FoundMark {
  readonly start: number
  readonly end: number
  readonly sign: string
  readonly bit: number
}

function firstMark(text: string): FoundMark | undefined {
  let found: FoundMark | undefined
  for (const { sign, bit } of marks) {
    const start = text.indexOf(sign)
    const end = start < 0 ? -1 : text.indexOf(sign, start + sign.length)
    if (end < 0) continue
    if (found === undefined || start < found.start) found = { start, end, sign, bit }
  }
  return found
}

function plain(text: string, format: number): Piece[] {
  return text === '' ? [] : [{ kind: 'text', text, format }]
}

function pieceNode(piece: Piece): LexicalNode {
  if (piece.kind === 'text') return textNode(piece.text, piece.format)
  const shape = { direction: 'ltr', format: '', indent: 0, rel: null, target: null, title: null }
  return {
    children: piece.pieces.map(pieceNode),
    ...shape,
    type: 'link',
    url: piece.url,
    version: 1,
  }
}

function pieceHtml(piece: Piece): string {
  if (piece.kind === 'link') {
    return `<a href="${piece.url}">${piece.pieces.map(pieceHtml).join('')}</a>`
  }
  return marks.reduce(
    (html, { bit, element }) =>
      (piece.format & bit) === 0 ? html : `<${element}>${html}</${element}>`,
    escapeHtml(piece.text),
  )
}

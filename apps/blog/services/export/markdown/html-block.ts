import { escapeHtml } from '../../documents/escape.ts'

/** Elements with which a block of HTML begins in CommonMark; it lasts until the next empty line. */
const blockStart =
  /^<\/?(?:article|aside|blockquote|details|div|dl|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|main|nav|ol|p|section|summary|table|ul)(?=[\s/>])/i

/** HTML that Markdown leaves alone, whatever is in it. */
export function htmlBlock(html: string): string {
  const lines = withoutEmptyLines(html.replace(/\r\n?/g, '\n').trim())
  if (lines === '') return ''
  return blockStart.test(lines) ? lines : `<div>\n${lines}\n</div>`
}

/** Where spaces count, the letter for a new line takes the place of an empty one. */
function withoutEmptyLines(html: string): string {
  return html
    .split(/(<(?:pre|textarea)\b[\s\S]*?<\/(?:pre|textarea)>)/i)
    .map((part, index) =>
      index % 2 === 1
        ? part.replace(/\n([ \t]*)\n/g, '\n$1&#10;').replace(/\n([ \t]*)\n/g, '\n$1&#10;')
        : part.replace(/\n[ \t]*(?=\n)/g, ''),
    )
    .join('')
}

/** What a card's property holds as HTML, without what Ghost's editor puts around plain words. */
export function cardHtml(value: unknown): string {
  return typeof value === 'string'
    ? value
        .replace(/<span style="white-space: pre-wrap;">([^<]*)<\/span>/g, '$1')
        .replaceAll(' style="white-space: pre-wrap;"', '')
    : ''
}

/** A remark for whoever reads the file as text. */
export function comment(text: string): string {
  return `<!--${text
    .replace(/--+/g, '-')
    .replace(/[\r\n]+/g, ' ')
    .replace(/^>|-$/g, ' ')}-->`
}

/** `name="value"` with a space before it; nothing for what is not there. */
export function attribute(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  return value === '' ? '' : ` ${name}="${escapeHtml(String(value))}"`
}

export function element(tag: string, html: string): string {
  return html.trim() === '' ? '' : `<${tag}>${html}</${tag}>`
}

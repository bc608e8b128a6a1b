import { escapeHtml } from '../documents/escape.ts'

const link = /\[([^[\]\n]{1,200})\]\(((?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,500})\)/g

/**
 * Text of the footer as html: an empty line begins a paragraph, `[words](address)` is a link. Everything else is
 * text, and a link that leads nowhere safe keeps its words alone.
 */
export function renderFooterText(text: string, blogUrl: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => `<p>${renderLine(paragraph, blogUrl).replaceAll('\n', '<br>')}</p>`)
    .join('')
}

function renderLine(text: string, blogUrl: string): string {
  let html = ''
  let end = 0
  for (const { 0: whole, 1: words = '', 2: address = '', index } of text.matchAll(link)) {
    const url = addressOnSite(address, blogUrl)
    html += escapeHtml(text.slice(end, index))
    html += url ? `<a href="${escapeHtml(url)}">${escapeHtml(words)}</a>` : escapeHtml(words)
    end = index + whole.length
  }
  return html + escapeHtml(text.slice(end))
}

/** Absolute. Undefined unless it is a path on the blog, an https address or one for mail. */
export function addressOnSite(address: string, blogUrl: string): string | undefined {
  if (/^\/(?![/\\])[^\s\\]*$/.test(address)) return blogUrl + address
  const url = URL.parse(address)
  if (!url || url.username || url.password) return undefined
  return url.protocol === 'https:' || url.protocol === 'mailto:' ? url.href : undefined
}

/** Addresses of links in a text that lead nowhere safe. */
export function findBadLinks(text: string): readonly string[] {
  return [...text.matchAll(link)]
    .map(([, , address = '']) => address)
    .filter((address) => addressOnSite(address, '') === undefined)
}

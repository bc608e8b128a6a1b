/**
 * Text as CommonMark reads it back letter for letter, in any place within a line. What means something
 * only where a line begins is `escapeLine`'s to see to.
 */
export function escapeText(text: string): string {
  return text
    .replace(/[\\`*_[\]<~|]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/[\n\r\t\v\f]/g, entityOf)
}

/** A line made of escaped text and inline marks, so that it begins no list, heading or quote. */
export function escapeLine(line: string): string {
  return line
    .replace(/^\s+|\s+$/gu, (spaces) => spaces.replace(/\s/gu, entityOf))
    .replace(/^[#>+=-]/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
}

/** What a heading begins with is no mark there; what it ends with may be. */
export function escapeHeading(line: string): string {
  return line
    .replace(/^\s+|\s+$/gu, (spaces) => spaces.replace(/\s/gu, entityOf))
    .replace(/(^|\s)(#+)$/, '$1\\$2')
}

/** Line tabulators and form feeds have no entity that may be written. */
function entityOf(space: string): string {
  const code = space.codePointAt(0) ?? 32
  return `&#${code === 11 || code === 12 ? 32 : code};`
}

/** Where a link leads. */
export function linkTarget(url: string): string {
  const escaped = url
    .replace(/[\n\r\t<>\\]/g, (letter) => encodeURIComponent(letter))
    .replace(/&(?=#?\w+;)/g, '\\&')
  // oxlint-disable-next-line no-control-regex -- a target in angle brackets may hold all but these
  return escaped === '' || /[\u0000-\u0020\u007f()]/.test(escaped) ? `<${escaped}>` : escaped
}

export function linkTitle(title: string): string {
  return title === '' ? '' : ` "${title.replace(/[\\"&]/g, '\\$&').replace(/\s+/g, ' ')}"`
}

/** Between as many backticks as it needs. Text with spaces at its ends, or lines, is an element instead. */
export function codeSpan(text: string): string {
  if (/^\s|\s$|[\n\r]/u.test(text)) return `<code>${escapeText(text)}</code>`
  const fence = '`'.repeat(longestRun(text) + 1)
  const isTicked = text.startsWith('`') || text.endsWith('`')
  return isTicked ? `${fence} ${text} ${fence}` : fence + text + fence
}

/** The most backticks in a row. */
export function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
}

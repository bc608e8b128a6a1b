/** A heading of a text that can be led to. */
export interface ContentsEntry {
  readonly id: string
  readonly text: string
  readonly isBelow: boolean
}

/** With fewer headings, a reader sees them all anyway. */
const fewestHeadings = 3

/**
 * The headings of what a reader may see; none when there are few. Each letter is looked at a constant number of
 * times, whatever somebody has left open in their HTML.
 */
export function contentsOf(html: string): readonly ContentsEntry[] {
  const entries: ContentsEntry[] = []
  const begin = /<h([23])(\s[^<>]*)>/g
  const neverClosed = new Set<string>()
  for (let found = begin.exec(html); found; found = begin.exec(html)) {
    const [, level = '', attributes = ''] = found
    const id = /\sid="([^"]+)"/.exec(attributes)?.[1]
    if (id === undefined || neverClosed.has(level)) continue
    const end = html.indexOf(`</h${level}>`, begin.lastIndex)
    if (end === -1) {
      neverClosed.add(level)
      continue
    }
    const text = textOf(html.slice(begin.lastIndex, end))
    if (text !== '') entries.push({ id: decode(id), text, isBelow: level === '3' })
    begin.lastIndex = end
  }
  return entries.length < fewestHeadings ? [] : entries
}

function textOf(html: string): string {
  return decode(html.replaceAll(/<[^<>]*>/g, ''))
    .replaceAll(/\s+/g, ' ')
    .trim()
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** What renderers write for characters; anything else stays as it is. */
function decode(text: string): string {
  return text.replaceAll(
    /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (...found) => {
      const [whole, name, decimal, hexadecimal] = found as readonly (string | undefined)[]
      if (name) return entities[name.toLowerCase()] ?? ''
      const point = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16)
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : (whole ?? '')
    },
  )
}

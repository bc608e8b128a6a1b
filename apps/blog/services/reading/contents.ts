/** A heading of a text that can be led to. */
export interface ContentsEntry {
  readonly id: string
  readonly text: string
  readonly isBelow: boolean
}

/** With fewer headings, a reader sees them all anyway. */
const fewestHeadings = 3

const heading = /<h([23])\b[^>]*\bid="([^"]+)"[^>]*>(.*?)<\/h\1>/gs

/** The headings of what a reader may see; none when there are few. */
export function contentsOf(html: string): readonly ContentsEntry[] {
  const entries = [...html.matchAll(heading)].map(([, level, id = '', inner = '']) => ({
    id,
    text: textOf(inner),
    isBelow: level === '3',
  }))
  const shown = entries.filter(({ text }) => text !== '')
  return shown.length < fewestHeadings ? [] : shown
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}

function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity)
    .trim()
}

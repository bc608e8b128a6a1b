import type { Value } from '../language/syntax.ts'
import { writeValue } from '../session/write.ts'
import type { Paint } from './paint.ts'

const isPlain = /^[ -~]*$/
const segmenter = new Intl.Segmenter()

/** Columns under their names; numbers stand to the right. At most `limit` rows. */
export function showTable(
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  { paint, limit }: { paint: Paint; limit: number },
): string {
  const shown = rows.slice(0, limit)
  const cells = shown.map((row) => row.map((value) => writeValue(value)))
  const widths = columns.map((name, column) =>
    cells.reduce((width, row) => Math.max(width, lengthOf(row[column] ?? '')), lengthOf(name)),
  )
  const isNumeric = columns.map((_, column) =>
    shown.every((row) => typeof row[column] === 'number'),
  )
  const line = (texts: readonly string[]) =>
    texts
      .map((text, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - lengthOf(text))
        return isNumeric[column] ? space + text : text + space
      })
      .join('  ')
      .trimEnd()
  const rest = rows.length - shown.length
  return [
    paint.strong(line(columns)),
    paint.faint(widths.map((width) => '─'.repeat(width)).join('  ')),
    ...cells.map(line),
    ...(rest > 0 ? [paint.faint(`… and ${rest} more`)] : []),
  ].join('\n')
}

/** In characters as they are seen, not in code units. */
function lengthOf(text: string): number {
  return isPlain.test(text) ? text.length : [...segmenter.segment(text)].length
}

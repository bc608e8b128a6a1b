/** One record of a CSV file. */
export interface CsvRecord {
  /** Of its first line in the file, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Longest cell; what is longer has an opening quote too many. */
const longestCell = 1_000_000

/**
 * The records of a CSV file (RFC 4180; line ends may be bare, cells may hold line ends in quotes), as they come.
 * Throws RangeError when a quote is never closed.
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  /** A quote inside quotes: the end, or half of a doubled one. */
  let isAtQuote = false
  let line = 1
  let startLine = 1
  let isFirst = true

  for await (const chunk of chunks) {
    const text: string = isFirst ? chunk.replace(/^\uFEFF/, '') : chunk
    isFirst = false
    for (const letter of text) {
      if (letter === '\n') line += 1
      if (isQuoted && !isAtQuote) {
        if (letter === '"') isAtQuote = true
        else cell += letter
        if (cell.length > longestCell) throw new RangeError(String(startLine))
        continue
      }
      if (isAtQuote) {
        isAtQuote = false
        if (letter === '"') {
          cell += '"'
          continue
        }
        isQuoted = false
      }
      if (letter === '"' && cell === '') isQuoted = true
      else if (letter === ',') {
        cells.push(cell)
        cell = ''
      } else if (letter === '\n') {
        cells.push(cell)
        if (cells.length > 1 || cells[0] !== '') yield { line: startLine, cells }
        cells = []
        cell = ''
        startLine = line
      } else if (letter !== '\r') cell += letter
    }
  }
  if (isQuoted && !isAtQuote) throw new RangeError(String(startLine))
  cells.push(cell)
  if (cells.length > 1 || cells[0] !== '') yield { line: startLine, cells }
}

/** A cell that looks like a formula may carry a `'` in front, which spreadsheets take away; one goes. */
export function plainCell(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}

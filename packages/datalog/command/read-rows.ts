import type { Value } from '../language/syntax.ts'
import { isNumberValue, normalNumber } from '../language/values.ts'
import { readText } from './read-file.ts'
import { UsageError } from './usage-error.ts'

const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
/** A field, between quotes or not, and what ends it (RFC 4180). */
const field = /(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*|))(,|\r\n|\n|\r|$)/y

/**
 * The rows of a `.csv` file, or of one with a tab between fields. There is no line of headings. What
 * looks like a number is one, unless it stands between quotes. Throws UsageError with the line.
 */
export function readRows(path: string, folder: string): readonly (readonly Value[])[] {
  const text = readText(path, folder)
  const rows = /\.csv$/i.test(path) ? readCommas(text, path) : readTabs(text)
  const width = rows[0]?.length
  const odd = rows.findIndex((row) => row.length !== width)
  if (odd === -1) return rows
  const fields = rows[odd]?.length === 1 ? '1 field' : `${rows[odd]?.length} fields`
  throw new UsageError(`${path}: row ${odd + 1} has ${fields}, and the first has ${width}.`)
}

function readTabs(text: string): Value[][] {
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  return lines.map((line) => line.split('\t').map(valueOf))
}

function readCommas(text: string, path: string): Value[][] {
  const rows: Value[][] = []
  let row: Value[] = []
  field.lastIndex = 0
  while (field.lastIndex < text.length || row.length > 0) {
    const start = field.lastIndex
    const match = field.exec(text)
    if (!match) {
      const line = text.slice(0, start).split('\n').length
      throw new UsageError(`${path}:${line}: a quote stands where it cannot.`)
    }
    const [, quoted, plain = '', end] = match
    row.push(quoted === undefined ? valueOf(plain) : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    // An empty line is no row.
    if (row.length > 1 || quoted !== undefined || plain !== '') rows.push(row)
    row = []
  }
  return rows
}

function valueOf(text: string): Value {
  const value = number.test(text) ? Number(text) : Number.NaN
  return isNumberValue(value) ? normalNumber(value) : text
}

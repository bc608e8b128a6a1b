import { JSONParser } from '@streamparser/json'
import { type ExportPlace, GhostFileError } from './import-error.ts'
import { createJsonPlace, type JsonPlace } from './json-place.ts'

export interface ExportRow {
  readonly table: string
  readonly value: Readonly<Record<string, unknown>>
  readonly place: ExportPlace
}

export interface ReadRowsOptions {
  /** Only these tables are read; what stands in others is skipped. */
  readonly tables: readonly string[]
  /** Without this table it is something else; `posts` of a Ghost export. */
  readonly required?: string | undefined
  readonly onBytes?: (bytes: number) => void
}

/** A single row may be this long; the longest real posts are a hundredth of it. */
const rowLimitBytes = 64 * 1024 * 1024

/**
 * The rows of a Ghost export in the order in which they stand there, whatever the file's size: no
 * more than one row and one chunk are in memory. Takes the whole export or its inner object bare.
 *
 * Throws GhostFileError with the place when the JSON is cut or damaged or is no export. Rows before
 * that place have been given out by then.
 */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  { tables, required, onBytes }: ReadRowsOptions,
): AsyncGenerator<readonly ExportRow[]> {
  const wanted = new Set(tables)
  const seen = new Set<string>()
  const place = createJsonPlace(
    (name) => wanted.has(name),
    (name) => seen.add(name),
  )
  let rows: ExportRow[] = []
  const parser = createParser(tables, place, (row) => rows.push(row))

  for await (const chunk of bytes) {
    place.enter(chunk)
    parse(() => parser.write(chunk), place)
    if (place.bytesRead - Math.max(place.tokenByte, 0) > rowLimitBytes) {
      throw new GhostFileError('A value in the file is longer than 64 MB', place.describe())
    }
    if (rows.length > 0) yield rows
    rows = []
    onBytes?.(place.bytesRead)
  }
  if (place.bytesRead === 0) throw new GhostFileError('The file is empty')
  if (!parser.isEnded) {
    throw new GhostFileError(
      'The file ends too early; it is not whole',
      place.describe(place.bytesRead),
    )
  }
  if (required !== undefined && !seen.has(required)) {
    throw new GhostFileError(`This is not a Ghost export: it has no table “${required}”`)
  }
}

function createParser(
  tables: readonly string[],
  place: JsonPlace,
  onRow: (row: ExportRow) => void,
): JSONParser {
  const roots = ['$.db.0.data', '$.data', '$']
  const parser = new JSONParser({
    paths: tables.flatMap((table) => roots.map((root) => `${root}.${table}.*`)),
    keepStack: false,
  })
  parser.onToken = (token) => place.see(token)
  parser.onValue = ({ value, stack }) => {
    if (typeof value !== 'object' || value === null) return
    const { table = '', row } = place.describe()
    if (stack.length === 0) return
    onRow({
      table,
      value: value as Readonly<Record<string, unknown>>,
      place: { table, row, ...place.rowStart },
    })
  }
  return parser
}

/** The parser's own messages quote the file, so they are replaced. */
function parse(step: () => void, place: JsonPlace): void {
  try {
    step()
  } catch (error) {
    if (error instanceof GhostFileError) throw error
    const byte = /absolute position "(\d+)"/.exec(error instanceof Error ? error.message : '')?.[1]
    const found = place.describe(byte === undefined ? undefined : Number(byte))
    throw new GhostFileError('The file is not valid JSON', found)
  }
}

import { ConflictError, InvalidInputError } from '@rose-ash/shared/contracts/errors'

/** Where in the export something is wrong. Rows are counted from 1, bytes from 0. */
export interface ExportPlace {
  readonly line?: number | undefined
  readonly byte?: number | undefined
  readonly table?: string | undefined
  readonly row?: number | undefined
  readonly field?: string | undefined
}

/**
 * The file cannot be imported, and nothing was. The message is a sentence for the person who has the
 * file; it names the place and never quotes it, since exports hold secrets.
 */
export class GhostFileError extends InvalidInputError {
  override name = 'GhostFileError'
  readonly place: ExportPlace

  constructor(message: string, place: ExportPlace = {}, options?: ErrorOptions) {
    super(`${message}${describe(place)}.`, options)
    this.place = place
  }
}

/** Somebody stopped the import, or the server is closing. What was stored by then stays. */
export class ImportInterruptedError extends ConflictError {
  override name = 'ImportInterruptedError'

  constructor() {
    super('The import was interrupted. Run it again, and it goes on from there.')
  }
}

function describe({ line, byte, table, row, field }: ExportPlace): string {
  const parts = [
    table === undefined ? '' : `table “${table}”`,
    row === undefined ? '' : `row ${row}`,
    field === undefined ? '' : `field “${field}”`,
    line === undefined ? '' : `line ${line}`,
    byte === undefined ? '' : `byte ${byte}`,
  ].filter(Boolean)
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`
}

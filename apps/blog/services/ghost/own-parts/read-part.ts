import type { z } from 'zod'
import { cleanParsed } from '../clean-text.ts'
import type { BesideFile } from '../export-file.ts'
import { readable } from '../read-export.ts'
import { readRows } from '../read-rows.ts'
import type { Warn } from './part-warnings.ts'

type Lists = Readonly<Record<string, z.ZodType>>

/** A row of a list of a part, as the list's schema has read it. */
export type PartRow<Wanted extends Lists> = {
  [List in keyof Wanted & string]: {
    readonly list: List
    readonly row: z.output<Wanted[List]>
    readonly at: string
  }
}[keyof Wanted & string]

/**
 * The rows of a part, some at a time, in their order. Those that cannot be read are warned about and left out.
 * Throws GhostFileError with the place where the file is no JSON or not whole; rows before it have been given out.
 */
export async function* readPart<Wanted extends Lists>(
  file: BesideFile,
  lists: Wanted,
  warn: Warn,
): AsyncGenerator<readonly PartRow<Wanted>[]> {
  const tables = Object.keys(lists)
  for await (const rows of readRows(readable(await file.open()), { tables })) {
    yield rows.flatMap(({ table, value, place }) => {
      const at = `${table}, row ${place.row}`
      const parsed = lists[table]?.safeParse(cleanParsed(value))
      if (parsed?.success) return [{ list: table, row: parsed.data, at } as PartRow<Wanted>]
      warn(at, describeIssue(parsed?.error))
      return []
    })
  }
}

/** Never with the value found: it may be a secret. */
export function describeIssue(error: z.ZodError | undefined): string {
  const field = error?.issues[0]?.path.join('.')
  return field ? `its field “${field}” cannot be read` : 'it cannot be read'
}

import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { ZodError } from 'zod'
import { cleanRow } from './clean-text.ts'
import type { ExportFile } from './export-file.ts'
import { GhostFileError } from './import-error.ts'
import { type ExportRow, readRows } from './read-rows.ts'
import { isTableName, rowSchemas, type TableName, tableNames } from './rows.ts'
import type { StagedRow, Staging } from './staging.ts'

/** What an export says of its site. Nothing else is read of the settings, which hold secrets. */
export interface ExportedSite {
  readonly title: string | undefined
  /** IANA name. */
  readonly timeZone: string | undefined
}

const stagedAtOnce = 50

/**
 * Reads and checks the whole export into `staging`. Throws GhostFileError with the place of the
 * first mistake; what was staged by then is of no use.
 */
export async function readExport(
  file: ExportFile,
  staging: Staging,
  onBytes: (bytes: number) => void,
): Promise<ExportedSite> {
  let title: string | undefined
  let timeZone: string | undefined
  let staged: StagedRow[] = []
  const bytes = await file.openJson()
  const options = { tables: tableNames, required: 'posts', onBytes }
  for await (const rows of readRows(readable(bytes), options)) {
    for (const row of rows) {
      const checked = checkRow(row)
      if (checked.table === 'settings') {
        title = settingOf(checked.row, 'title') ?? title
        timeZone = settingOf(checked.row, 'timezone') ?? timeZone
      } else staged.push(checked)
    }
    if (staged.length >= stagedAtOnce) {
      await staging.add(staged)
      staged = []
    }
    await yieldToOthers()
  }
  if (staged.length > 0) await staging.add(staged)
  await staging.finish()
  return { title, timeZone }
}

/** A broken archive shows only while it is unpacked. */
export async function* readable(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (cause) {
    throw new GhostFileError('The file is damaged and could not be read to its end', {}, { cause })
  }
}

function checkRow({ table, value, place }: ExportRow): StagedRow {
  if (!isTableName(table)) throw new Error(`the table ${table} was not asked for`)
  const parsed = rowSchemas[table].safeParse(cleanRow(value))
  if (!parsed.success) {
    const { field, problem } = firstIssue(parsed.error)
    throw new GhostFileError(`The export has a row that cannot be read (${problem})`, {
      ...place,
      field,
    })
  }
  const row: Readonly<Record<string, unknown>> = parsed.data
  return { table, row, id: idOf(table, row), postId: textOf(row['post_id']) }
}

/** Rows without an id of their own may stand twice. A post has one row of meta data. */
function idOf(table: TableName, row: Readonly<Record<string, unknown>>): string | null {
  return textOf(table === 'posts_meta' ? row['post_id'] : row['id'])
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Never with the value found: it may be a secret. */
function firstIssue({ issues }: ZodError): { field: string | undefined; problem: string } {
  const issue = issues[0]
  const field = issue?.path[0]
  const problem = (issue?.message ?? 'unknown')
    .replace(/, received .*/, '')
    .replace('Invalid input: ', '')
  return { field: field === undefined ? undefined : String(field), problem }
}

function settingOf(row: unknown, wanted: string): string | undefined {
  const { key, value } = row as { key: string; value: unknown }
  return key === wanted && typeof value === 'string' && value.trim() ? value.trim() : undefined
}

import { isDeepStrictEqual } from 'node:util'
import { namesInText, withNamesInText } from '../../queries/names-in-text.ts'
import { readQuery } from '../../queries/read-query.ts'
import { findQuery, putQuery, type SavedQuery } from '../../queries/saved-query.ts'
import { findNames } from './archive-names.ts'
import type { GraphImport } from './edge-rows.ts'

interface ListRow {
  readonly row: SavedQuery
  readonly at: string
}

/** Lists whose address is free here. Returns how many; those that say something else here stay, with a warning. */
export async function storeLists(
  { inside, ids, warn }: GraphImport,
  rows: readonly ListRow[],
): Promise<number> {
  if (rows.length === 0) return 0
  const names = await findNames(
    ids,
    rows.flatMap(({ row }) => namesInText(row.text)),
  )
  const isMissing = (name: string) => !names.has(name)
  let stored = 0
  for (const { row, at } of rows) {
    const list = { ...row, text: withNamesInText(row.text, names) }
    const here = await findQuery(inside, list.slug)
    if (here) {
      if (!isDeepStrictEqual(here, list))
        warn(at, `the list “${list.slug}” is another one here, which was kept`)
      continue
    }
    const [problem] = readQuery(list.text).problems
    if (problem) warn(at, problem.message.replace(/\.$/, ''))
    else if (namesInText(row.text).some(isMissing)) warn(at, 'it asks about what is not here')
    else {
      await inside.write([putQuery(list)])
      stored += 1
    }
  }
  return stored
}

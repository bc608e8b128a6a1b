import { isDeepStrictEqual } from 'node:util'
import { namesInText, withNamesInText } from '../../queries/names-in-text.ts'
import { readQuery } from '../../queries/read-query.ts'
import { putQuery, queryPrefix, type SavedQuery } from '../../queries/saved-query.ts'
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
  const entries = await inside.scanAll(rows.map(({ row }) => [...queryPrefix, row.slug]))
  const here = new Map<unknown, unknown>(entries.map(({ key, value }) => [key.at(-1), value]))
  const added: SavedQuery[] = []
  for (const { row, at } of rows) {
    const list = { ...row, text: withNamesInText(row.text, names) }
    const known = here.get(list.slug)
    if (known !== undefined) {
      if (!isDeepStrictEqual(known, list))
        warn(at, `the list “${list.slug}” is another one here, which was kept`)
      continue
    }
    const [problem] = readQuery(list.text).problems
    if (problem) warn(at, problem.message.replace(/\.$/, ''))
    else if (namesInText(row.text).some(isMissing)) warn(at, 'it asks about what is not here')
    else {
      added.push(list)
      here.set(list.slug, list)
    }
  }
  await inside.write(added.map(putQuery))
  return added.length
}

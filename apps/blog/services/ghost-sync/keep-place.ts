import type { Database } from '../../models/index.ts'
import { changeSource, findGhostSource } from './sources.ts'

/** Up to where rows of a kind have been read, and what has been done by then. Other kinds stay as they are. */
export async function keepPlace(
  database: Database,
  id: string,
  {
    kind,
    cursor,
    counts,
  }: {
    readonly kind: string
    readonly cursor: string | undefined
    readonly counts?: Readonly<Record<string, number>>
  },
): Promise<void> {
  const source = await findGhostSource(database, id)
  if (!source) return
  const cursors = cursor === undefined ? source.cursors : { ...source.cursors, [kind]: cursor }
  await changeSource(database, id, { cursors, ...(counts && { counts }) })
}

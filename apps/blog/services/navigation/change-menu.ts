import { randomUUID } from 'node:crypto'
import type { Container } from '@rose-ash/shared/contracts/container'
import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import { type Database, menuNodes, type Transaction } from '../../models/index.ts'
import { adoptPaths } from './adopt-paths.ts'
import { applyChange, insert, type MenuChange, RefusedMenuChange } from './menu-changes.ts'
import { growTree, type MenuNode, type MenuRow, versionOf, walkTree } from './menu-tree.ts'

export type MenuResult =
  | { readonly status: 'done'; readonly id: string }
  /** Somebody else has changed the menu since `version`. */
  | { readonly status: 'conflict' }
  /** A sentence for whoever asked. */
  | { readonly status: 'refused'; readonly reason: string }

/** What was taken away can be put back for so long. */
const keptDays = 7

/** One change of one menu, if it is still as whoever changes it has seen it. All of it or nothing. */
export async function changeMenu(
  database: Database,
  container: Container | null,
  { version, change }: { readonly version: string; readonly change: MenuChange },
): Promise<MenuResult> {
  try {
    return await database.transaction(async (transaction) => {
      const home = homeOf(container)
      await transaction.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${`menu ${home.containerId}`}, 7675))`,
      )
      const rows = await readRows(transaction, home)
      const top = growTree(rows)
      if (versionOf(top) !== version) return { status: 'conflict' }
      const removed = removedFrom(container)
      const id =
        change.action === 'restore'
          ? putBack(top, await readRows(transaction, removed), change.id)
          : applyChange(top, change, randomUUID()).id
      await write(transaction, { rows, top, home })
      if (change.action === 'remove') await keep(transaction, { rows, top, removed })
      await adoptPaths(transaction)
      return { status: 'done', id }
    })
  } catch (error) {
    if (error instanceof RefusedMenuChange) return { status: 'refused', reason: error.message }
    throw error
  }
}

/** The label of an entry that was taken away and can still be put back. */
export async function findRemoved(
  database: Database,
  container: Container | null,
  id: string,
): Promise<string | undefined> {
  const { containerType, containerId } = removedFrom(container)
  const [row] = await database
    .select({ label: menuNodes.label })
    .from(menuNodes)
    .where(
      and(
        eq(menuNodes.id, id),
        eq(menuNodes.containerType, containerType),
        eq(menuNodes.containerId, containerId),
      ),
    )
  return row?.label
}

type Home = Pick<MenuRow, 'containerType' | 'containerId'>

function homeOf(container: Container | null): Home {
  return { containerType: container?.type ?? '', containerId: container?.id ?? '' }
}

/** Entries taken away stay rows, in a container that no page shows. */
function removedFrom(container: Container | null): Home {
  return {
    containerType: 'removed',
    containerId: container ? `${container.type}:${container.id}` : '',
  }
}

function readRows(transaction: Transaction, { containerType, containerId }: Home) {
  return transaction
    .select()
    .from(menuNodes)
    .where(and(eq(menuNodes.containerType, containerType), eq(menuNodes.containerId, containerId)))
    .orderBy(asc(menuNodes.sortOrder), asc(menuNodes.label), asc(menuNodes.id))
}

/** Under the entry where it was, if that is still there and has room for it; else at the top. */
function putBack(top: MenuNode[], removed: readonly MenuRow[], id: string): string {
  const root = removed.find((row) => row.id === id)
  const node = [...walkTree(growTree(removed))].find((place) => place.node.id === id)?.node
  if (!root || !node) throw new RefusedMenuChange('There is nothing to put back any more.')
  const index = root.sortOrder
  try {
    insert(top, node, { parentId: root.parentId ?? undefined, index })
  } catch (error) {
    if (!(error instanceof RefusedMenuChange) || root.parentId === null) throw error
    insert(top, node, { parentId: undefined, index: Number.POSITIVE_INFINITY })
  }
  return id
}

/** Writes the rows that differ, in one statement. Places are 0, 1, 2 … without gaps. */
async function write(
  transaction: Transaction,
  { rows, top, home }: { rows: readonly MenuRow[]; top: MenuNode[]; home: Home },
): Promise<void> {
  const known = new Map(rows.map((row) => [row.id, row]))
  const wanted = [...walkTree(top)].map(({ node, parent, index }) => ({
    ...home,
    id: node.id,
    parentId: parent?.id ?? null,
    label: node.label,
    app: node.app,
    path: node.path,
    sortOrder: index,
  }))
  const changed = wanted.filter((row) => {
    const before = known.get(row.id)
    return (
      !before ||
      Object.entries(row).some(([name, value]) => before[name as keyof MenuRow] !== value)
    )
  })
  if (changed.length === 0) return
  const excluded = (column: string) => sql.raw(`excluded.${column}`)
  await transaction
    .insert(menuNodes)
    .values(changed)
    .onConflictDoUpdate({
      target: menuNodes.id,
      set: {
        containerType: excluded('container_type'),
        containerId: excluded('container_id'),
        parentId: excluded('parent_id'),
        label: excluded('label'),
        app: excluded('app'),
        path: excluded('path'),
        sortOrder: excluded('sort_order'),
        updatedAt: new Date(),
      },
    })
}

/** Sets aside what is in the tree no longer, and forgets what was set aside long ago. */
async function keep(
  transaction: Transaction,
  { rows, top, removed }: { rows: readonly MenuRow[]; top: MenuNode[]; removed: Home },
): Promise<void> {
  const isThere = new Set([...walkTree(top)].map(({ node }) => node.id))
  const gone = rows.map(({ id }) => id).filter((id) => !isThere.has(id))
  await transaction
    .update(menuNodes)
    .set({ ...removed, updatedAt: new Date() })
    .where(inArray(menuNodes.id, gone))
  const longAgo = new Date(Date.now() - keptDays * 86_400_000)
  await transaction
    .delete(menuNodes)
    .where(and(eq(menuNodes.containerType, 'removed'), lt(menuNodes.updatedAt, longAgo)))
}

import { createHash } from 'node:crypto'
import type { MenuEntry } from '@rose-ash/shared/contracts/blog'
import type { menuNodes } from '../../models/index.ts'

export type MenuRow = typeof menuNodes.$inferSelect

/** One entry with what stands under it, to be moved about in memory. */
export interface MenuNode {
  readonly id: string
  label: string
  app: string
  path: string
  readonly children: MenuNode[]
}

/** Where an entry stands among those beside it. */
export interface NodePlace {
  readonly node: MenuNode
  readonly siblings: MenuNode[]
  readonly index: number
  readonly parent: MenuNode | undefined
  /** 1 at the top. */
  readonly level: number
}

/** `rows` are in their order. Rows whose parent is not among them stand at the top. */
export function growTree(rows: readonly MenuRow[]): MenuNode[] {
  const nodes = new Map(
    rows.map(({ id, label, app, path }): [string, MenuNode] => [
      id,
      { id, label, app, path, children: [] },
    ]),
  )
  const top: MenuNode[] = []
  for (const { id, parentId } of rows) {
    const siblings = (parentId && nodes.get(parentId)?.children) || top
    siblings.push(nodes.get(id)!)
  }
  return top
}

export function findPlace(top: MenuNode[], id: string): NodePlace | undefined {
  for (const place of walkTree(top)) if (place.node.id === id) return place
  return undefined
}

/** Every entry, parents before what stands under them. */
export function* walkTree(
  siblings: MenuNode[],
  { parent, level }: Pick<NodePlace, 'parent' | 'level'> = { parent: undefined, level: 1 },
): Generator<NodePlace> {
  for (const [index, node] of siblings.entries()) {
    yield { node, siblings, index, parent, level }
    yield* walkTree(node.children, { parent: node, level: level + 1 })
  }
}

/** How many levels an entry takes with what is under it: 1 when there is nothing. */
export function heightOf(node: MenuNode): number {
  return 1 + Math.max(0, ...node.children.map(heightOf))
}

/**
 * The same for the same entries in the same order. Where an entry of the platform's own leads is left out: it
 * follows by itself, which is no editor's change.
 */
export function versionOf(menu: readonly (MenuNode | MenuEntry)[]): string {
  return createHash('sha256')
    .update(JSON.stringify(menu.map(told)))
    .digest('base64url')
    .slice(0, 22)
}

type Told = readonly [id: string, label: string, address: string | null, children: readonly Told[]]

function told(entry: MenuNode | MenuEntry): Told {
  const address = 'app' in entry ? (entry.app === '' ? entry.path : '') : elsewhereOf(entry)
  return [entry.id, entry.label, address, entry.children.map(told)]
}

function elsewhereOf({ isElsewhere, url }: MenuEntry): string | null {
  return isElsewhere ? url : ''
}

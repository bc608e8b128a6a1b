import { menuLevels } from '@rose-ash/shared/contracts/blog'
import { findPlace, heightOf, type MenuNode, type NodePlace, walkTree } from './menu-tree.ts'

/** One thing that an editor does to a menu. */
export type MenuChange =
  | {
      readonly action: 'add'
      readonly label: string
      readonly app: string
      readonly path: string
      /** Under this entry, or at the top. */
      readonly parentId: string | undefined
    }
  | {
      readonly action: 'rename'
      readonly id: string
      readonly label: string
      /** Only for addresses elsewhere. */
      readonly path: string | undefined
    }
  | { readonly action: 'up' | 'down' | 'in' | 'out' | 'remove'; readonly id: string }
  | { readonly action: 'restore'; readonly id: string }
  | {
      readonly action: 'place'
      readonly id: string
      readonly parentId: string | undefined
      /** Among its new siblings, counted without itself. */
      readonly index: number
    }

/** A sentence for whoever asked. */
export class RefusedMenuChange extends Error {
  override name = 'RefusedMenuChange'
}

export const entriesAtMost = 200

const tooDeep = `Entries stand at most ${menuLevels} deep.`

/** Changes the tree in place, and returns the entry that was changed. Throws RefusedMenuChange. */
export function applyChange(
  top: MenuNode[],
  change: Exclude<MenuChange, { action: 'restore' }>,
  newId: string,
): MenuNode {
  if (change.action === 'add') {
    const { label, app, path, parentId } = change
    const node: MenuNode = { id: newId, label, app, path, children: [] }
    insert(top, node, { parentId, index: Number.POSITIVE_INFINITY })
    return node
  }
  const place = findPlace(top, change.id)
  if (!place) throw new RefusedMenuChange('That entry is not in this menu.')
  const { node } = place
  switch (change.action) {
    case 'rename':
      node.label = change.label
      if (change.path !== undefined) {
        if (node.app !== '')
          throw new RefusedMenuChange('Where that entry leads cannot be typed in.')
        node.path = change.path
      }
      break
    case 'remove':
      take(place)
      break
    case 'place':
      if (change.parentId !== undefined && findPlace([node], change.parentId))
        throw new RefusedMenuChange('An entry cannot stand under itself.')
      take(place)
      insert(top, node, change)
      break
    case 'up':
    case 'down':
    case 'in':
    case 'out':
      take(place)
      insert(top, node, neighbourOf(top, place, change.action))
  }
  return node
}

interface Target {
  readonly parentId: string | undefined
  readonly index: number
}

/** Throws RefusedMenuChange when the menu would be too long or too deep. */
export function insert(top: MenuNode[], node: MenuNode, { parentId, index }: Target): void {
  const parent = parentId === undefined ? undefined : findPlace(top, parentId)
  if (parentId !== undefined && !parent)
    throw new RefusedMenuChange('The entry to put it under is not in this menu.')
  if ((parent?.level ?? 0) + heightOf(node) > menuLevels) throw new RefusedMenuChange(tooDeep)
  if ([...walkTree(top)].length + [...walkTree([node])].length > entriesAtMost)
    throw new RefusedMenuChange(`A menu has at most ${entriesAtMost} entries.`)
  const siblings = parent?.node.children ?? top
  siblings.splice(Math.min(index, siblings.length), 0, node)
}

function take({ node, siblings, index }: NodePlace): MenuNode {
  siblings.splice(index, 1)
  return node
}

/** One step from where it stood; it has been taken out already. */
function neighbourOf(
  top: MenuNode[],
  { siblings, index, parent }: NodePlace,
  direction: 'up' | 'down' | 'in' | 'out',
): Target {
  const parentId = parent?.id
  switch (direction) {
    case 'up':
      if (index === 0) throw new RefusedMenuChange('It is the first one already.')
      return { parentId, index: index - 1 }
    case 'down':
      // Without itself, so the last place is as many as there are others.
      if (index === siblings.length) throw new RefusedMenuChange('It is the last one already.')
      return { parentId, index: index + 1 }
    case 'in': {
      const before = siblings[index - 1]
      if (!before) throw new RefusedMenuChange('There is no entry before it to put it under.')
      return { parentId: before.id, index: before.children.length }
    }
    case 'out': {
      if (!parent) throw new RefusedMenuChange('It stands at the top already.')
      const above = findPlace(top, parent.id)!
      return { parentId: above.parent?.id, index: above.index + 1 }
    }
  }
}

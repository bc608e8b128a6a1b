import { and, asc, eq } from 'drizzle-orm'
import type { AppName } from '../../contracts/apps.ts'
import {
  type MenuEntry,
  menuLevels,
  type MenuTarget,
  type NavigationNode,
} from '../../contracts/blog.ts'
import type { Container } from '../../contracts/container.ts'
import { menuNodes } from '../../models/navigation.ts'
import type { ServiceDependencies } from '../registry.ts'
import { readMenuAddress } from './menu-addresses.ts'
import { type AttachedThings, readAttached } from './menu-attached.ts'
import { readMenuTargets } from './menu-targets.ts'

/** What visitors see of a menu. It is small, and every page shows it. */
export async function readNavigationTree(
  dependencies: ServiceDependencies,
  container: Container | null = null,
): Promise<readonly NavigationNode[]> {
  return (await readMenu(dependencies, container)).flatMap(toNode)
}

function toNode(entry: MenuEntry): NavigationNode[] {
  if (entry.state !== 'shown' || entry.url === null) return []
  const children = [...entry.children.flatMap(toNode), ...entry.attached]
  return [{ label: entry.label, url: entry.url, children }]
}

/** The whole menu with what its entries lead to. As many queries for a long one as for a short one. */
export async function readMenu(
  dependencies: ServiceDependencies,
  container: Container | null,
): Promise<readonly MenuEntry[]> {
  const { database, publicUrls } = dependencies
  const rows = await database
    .select()
    .from(menuNodes)
    .where(
      and(
        eq(menuNodes.containerType, container?.type ?? ''),
        eq(menuNodes.containerId, container?.id ?? ''),
      ),
    )
    .orderBy(asc(menuNodes.sortOrder), asc(menuNodes.label), asc(menuNodes.id))
  const addresses = new Map(rows.map((row) => [row.id, readMenuAddress(row.app, row.path)]))
  const targets = await readMenuTargets(dependencies, [...addresses.values()])
  const targetOf = new Map(rows.map(({ id }) => [id, targets.find(addresses.get(id)!)]))
  const attached = await findAttached(dependencies, container, [...targetOf.values()])

  // What stood under an entry that is gone stands at the top.
  const below = Map.groupBy(rows, ({ parentId }) =>
    parentId !== null && addresses.has(parentId) ? parentId : null,
  )
  const taken = new Set([...targetOf.values()].map((target) => target && nameOf(target)))
  const branch = (parentId: string | null, level: number): MenuEntry[] =>
    (below.get(parentId) ?? []).map((row) => {
      const target = targetOf.get(row.id)
      const isElsewhere = row.app === ''
      const address = addresses.get(row.id)!
      // A path of one's own may be any of the blog's pages; the other forms name a thing.
      const isGone = !target && address.by !== 'path' && !isOwnPath(address)
      const plainUrl = (publicUrls[row.app as AppName] ?? '') + row.path
      return {
        id: row.id,
        label: row.label,
        target,
        url: isGone ? null : (target?.url ?? plainUrl),
        isElsewhere,
        state: isGone ? 'gone' : target && !target.isPublic ? 'unpublished' : 'shown',
        children: branch(row.id, level + 1),
        attached: target?.isPage
          ? attached.below(target.id, menuLevels - level, (one) => taken.has(nameOf(one)))
          : [],
      }
    })
  return branch(null, 1)
}

/** `/tags/` looks like the address of a post. */
function isOwnPath(address: ReturnType<typeof readMenuAddress>): boolean {
  return address.by === 'slug' && address.kind === 'post'
}

/** The menu of a page stands beside what hangs on it, so it does not say it again. */
async function findAttached(
  dependencies: ServiceDependencies,
  container: Container | null,
  targets: readonly (MenuTarget | undefined)[],
): Promise<AttachedThings> {
  const pages = container
    ? []
    : targets.flatMap((one) => (one?.isPage && one.isPublic ? [one.id] : []))
  return readAttached(dependencies, pages)
}

function nameOf({ kind, id }: MenuTarget): string {
  return `${kind} ${id}`
}

import { appNames } from '@rose-ash/shared/contracts/apps'
import { menuLevels } from '@rose-ash/shared/contracts/blog'
import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { menuNodes, pageFeatures, type Transaction } from '../../../models/index.ts'
import { isWebAddress } from '../../documents/web-address.ts'
import { permanent } from '../../export/navigation-json.ts'
import { entriesAtMost } from '../../navigation/menu-changes.ts'
import { growTree, walkTree } from '../../navigation/menu-tree.ts'
import { GhostFileError } from '../import-error.ts'
import type { PartImport } from './import-own-parts.ts'
import { type PartRow, readPart } from './read-part.ts'

const address = z.string().min(1).max(500)
const ownPath = address.regex(/^\/(?![/\\])/)
const elsewhere = address.refine(isWebAddress)

const node = z
  .object({
    id: z.uuid(),
    containerType: z.enum(['', 'page']),
    containerId: z.string().max(64),
    parentId: z.uuid().nullable(),
    label: z.string().trim().min(1).max(200),
    app: z.enum(['', ...appNames]),
    path: address,
    sortOrder: z.int().min(0).max(100_000),
  })
  .refine(({ app, path }) => (app === '' ? elsewhere : ownPath).safeParse(path).success, {
    path: ['path'],
  })
const lists = {
  nodes: node,
  features: z.object({ page: z.string().max(64), feature: z.enum(['calendar', 'market']) }),
}

const rowsAtMost = 20_000
const batchSize = 1000

/** Menus, and what pages offer besides their text. */
export async function storeNavigation(part: PartImport): Promise<number> {
  const { transaction, file, warn } = part
  const rows: PartRow<typeof lists>[] = []
  for await (const some of readPart(file, lists, warn)) {
    rows.push(...some)
    if (rows.length > rowsAtMost) throw new GhostFileError('It has far too many menu entries')
  }
  const names = await findNames(part, rows)
  const features: (typeof pageFeatures.$inferInsert)[] = []
  const nodes: Node[] = []
  for (const each of rows) {
    if (each.list === 'features') {
      const pageId = names.post.get(each.row.page)
      if (pageId === undefined) warn(each.at, 'its page is not here')
      else features.push({ pageId, feature: each.row.feature })
      continue
    }
    const here = translate(each.row, names)
    if (here) nodes.push(here)
    else warn(each.at, 'what it is about is not here')
  }
  let changed = 0
  for (const some of batchesOf(features)) {
    const added = await transaction.insert(pageFeatures).values(some).onConflictDoNothing()
    changed += added.rowCount ?? 0
  }
  for (const some of batchesOf(nodes)) {
    const added = await transaction.insert(menuNodes).values(some).onConflictDoNothing()
    changed += added.rowCount ?? 0
  }
  const homes = new Map(nodes.map((here) => [`${here.containerType} ${here.containerId}`, here]))
  for (const home of homes.values()) await assertSound(transaction, home)
  return changed
}

function* batchesOf<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += batchSize) {
    yield rows.slice(start, start + batchSize)
  }
}

type Node = z.output<typeof node>
type Home = Pick<Node, 'containerType' | 'containerId'>
type Names = Readonly<Record<'post' | 'tag', ReadonlyMap<string, string>>>

async function findNames(
  { ids }: PartImport,
  rows: readonly PartRow<typeof lists>[],
): Promise<Names> {
  const wanted = { post: [] as string[], tag: [] as string[] }
  for (const each of rows) {
    if (each.list === 'features') wanted.post.push(each.row.page)
    else {
      if (each.row.containerId !== '') wanted.post.push(each.row.containerId)
      const [, kind, id] = permanent.exec(each.row.path) ?? []
      if (kind && id) wanted[kind as 'post' | 'tag'].push(id)
    }
  }
  return { post: await ids.find('post', wanted.post), tag: await ids.find('tag', wanted.tag) }
}

/** With our ids; undefined when something of it is not here. */
function translate(row: Node, names: Names): Node | undefined {
  const containerId = row.containerType === '' ? '' : names.post.get(row.containerId)
  if (containerId === undefined) return undefined
  const [, kind, id] = (row.app === 'blog' && permanent.exec(row.path)) || []
  if (!kind || !id) return { ...row, containerId }
  const ours = names[kind as 'post' | 'tag'].get(id)
  return ours === undefined ? undefined : { ...row, containerId, path: `/go/${kind}/${ours}/` }
}

/** As deep and as long as an editor could have made it, and nothing under itself. Throws GhostFileError. */
async function assertSound(
  transaction: Transaction,
  { containerType, containerId }: Home,
): Promise<void> {
  const rows = await transaction
    .select()
    .from(menuNodes)
    .where(and(eq(menuNodes.containerType, containerType), eq(menuNodes.containerId, containerId)))
    .orderBy(asc(menuNodes.sortOrder), asc(menuNodes.id))
    .limit(entriesAtMost + 1)
  const places = [...walkTree(growTree(rows))]
  const isSound =
    rows.length <= entriesAtMost &&
    places.length === rows.length &&
    places.every(({ level }) => level <= menuLevels)
  if (!isSound) {
    throw new GhostFileError(
      `With what is here it would make a menu of more than ${entriesAtMost} entries or ${menuLevels} levels`,
    )
  }
}

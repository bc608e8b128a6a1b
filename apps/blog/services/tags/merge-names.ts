import { eq, sql } from 'drizzle-orm'
import { createEdges, type Edge, removalOf } from '../../graph/edges.ts'
import type { KvReader, KvWriter } from '../../graph/kv/kv-store.ts'
import { redirects, tags, type Transaction } from '../../models/index.ts'
import { addRedirect } from '../ghost/redirects.ts'
import { deleteFieldValues } from '../graph/field-values.ts'
import { objectName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { adoptPaths, repointEntries } from '../navigation/adopt-paths.ts'
import { type NameTable, pathOf } from './name-tables.ts'
import { tellOfTag } from './tell-of-tags.ts'

export interface Merge {
  /** Goes. */
  readonly fromId: string
  /** Stays, with the posts of both. */
  readonly intoId: string
}

/**
 * Makes one tag of two, or one author: each post keeps the better of their places, the address that goes leads to the
 * one that stays, and so do menus and what the graph knew. False when one of the two is not there any more.
 */
export async function mergeNames(
  graph: Graph,
  table: NameTable,
  { fromId, intoId }: Merge,
): Promise<boolean> {
  const { store, views } = graph
  const isDone = await store.exclusively(async (inside, transaction) => {
    const [from, into] = await lockBoth(transaction, table, { fromId, intoId })
    if (!from || !into) return false
    await adoptPaths(transaction)
    await tellOfLoss(transaction, table, fromId)
    await moveEdges(graph, inside, { table, fromId, intoId })
    await movePosts(transaction, table, { fromId, intoId })
    await transaction.delete(table.rows).where(eq(table.rows.id, fromId))
    await addRedirect(transaction, {
      from: pathOf(table.kind, from.slug),
      to: pathOf(table.kind, into.slug),
    })
    await repointEntries(transaction, {
      from: `/go/${table.kind}/${fromId}/`,
      to: `/go/${table.kind}/${intoId}/`,
    })
    return true
  })
  await views.follow()
  return isDone
}

/** With all that it stands on. The addresses that led to its page lead nowhere now, so they go too. */
export async function deleteName(graph: Graph, table: NameTable, id: string): Promise<boolean> {
  const { store, views } = graph
  const isDone = await store.exclusively(async (inside, transaction) => {
    await adoptPaths(transaction)
    await tellOfLoss(transaction, table, id)
    const [row] = await transaction
      .delete(table.rows)
      .where(eq(table.rows.id, id))
      .returning({ slug: table.rows.slug })
    if (!row) return false
    const object = objectName(table.kind, id)
    await inside.write([...(await removalOf(inside, object)), deleteFieldValues(object)])
    await transaction.delete(redirects).where(eq(redirects.toPath, pathOf(table.kind, row.slug)))
    return true
  })
  await views.follow()
  return isDone
}

/** Programs outside hear of tags only. Not of each post that has lost it: there may be very many. */
async function tellOfLoss(transaction: Transaction, { kind }: NameTable, id: string) {
  if (kind !== 'tag') return
  const [before] = await transaction.select().from(tags).where(eq(tags.id, id))
  if (before) await tellOfTag(transaction, { id, before, isGone: true })
}

async function lockBoth(transaction: Transaction, { rows }: NameTable, merge: Merge) {
  const found = await transaction
    .select({ id: rows.id, slug: rows.slug })
    .from(rows)
    .where(sql`${rows.id} in (${merge.fromId}, ${merge.intoId})`)
    .orderBy(rows.id)
    .for('update')
  return [merge.fromId, merge.intoId].map((id) => found.find((row) => row.id === id))
}

async function movePosts(
  transaction: Transaction,
  { onPosts, idOnPosts }: NameTable,
  { fromId, intoId }: Merge,
): Promise<void> {
  const column = sql.identifier(idOnPosts)
  await transaction.execute(sql`
    update ${onPosts} stays set sort_order = goes.sort_order from ${onPosts} goes
    where stays.${column} = ${intoId} and goes.${column} = ${fromId}
      and goes.post_id = stays.post_id and goes.sort_order < stays.sort_order`)
  await transaction.execute(sql`
    delete from ${onPosts} goes using ${onPosts} stays
    where stays.${column} = ${intoId} and goes.${column} = ${fromId} and goes.post_id = stays.post_id`)
  await transaction.execute(sql`
    update ${onPosts} set ${column} = ${intoId} where ${column} = ${fromId}`)
}

/** What nothing limits goes over. Its types do not, and neither does what there may be one of. */
async function moveEdges(
  { catalog }: Graph,
  inside: KvReader & KvWriter,
  { table, fromId, intoId }: Merge & { readonly table: NameTable },
): Promise<void> {
  const [before, after] = [objectName(table.kind, fromId), objectName(table.kind, intoId)]
  const edges = createEdges(inside, (kind) => catalog.isSymmetric(kind))
  const mayMove = ({ kind }: Edge) =>
    kind === table.edge ||
    (kind !== 'is-a' && catalog.findRelation(kind)?.cardinality === 'many-to-many')
  const rename = (name: string) => (name === before ? after : name)
  const moved = [...(await edges.from(before)), ...(await edges.to(before))]
    .filter(mayMove)
    .map(({ source, kind, target }) => ({ source: rename(source), kind, target: rename(target) }))
    .filter(({ source, target }) => source !== target)
  await edges.removeObject(before)
  await edges.change({ add: moved })
  await inside.write([deleteFieldValues(before)])
}

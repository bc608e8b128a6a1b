import { and, eq, max } from 'drizzle-orm'
import { createEdges, type Edge } from '../../graph/edges.ts'
import type { KvReader } from '../../graph/kv/kv-store.ts'
import { postTags, type Transaction } from '../../models/index.ts'
import { tellingOfTags } from '../tags/tell-of-tags.ts'
import { describeObjects, type ObjectDescription } from './describe-objects.ts'
import type { RelationSpec } from './metamodel.ts'
import { parseName, relationName } from './names.ts'
import type { Graph } from './open-graph.ts'
import { seedEdges } from './seeds.ts'

export type RelateResult =
  | { readonly status: 'done' }
  /** A sentence for whoever asked. */
  | { readonly status: 'refused'; readonly reason: string }

const done: RelateResult = { status: 'done' }

/** Relates two objects, unless the relation does not lead there. Doing it again changes nothing. */
export async function relate(graph: Graph, edge: Edge): Promise<RelateResult> {
  const { catalog, store, views } = graph
  const result = await store.exclusively(async (inside, transaction): Promise<RelateResult> => {
    // Nobody writes meanwhile, so that what the views say is what will be true of the edge.
    await views.follow()
    const refusal = await findRefusal(graph, { edge, inside, transaction })
    if (refusal !== undefined) return refuse(refusal)
    await createEdges(inside, (kind) => catalog.isSymmetric(kind)).add(edge)
    if (edge.kind === 'tagged') await addTag(transaction, edge)
    return done
  })
  await views.follow()
  return result
}

/** Takes a relation away, and what is not there is no error. */
export async function unrelate(graph: Graph, edge: Edge): Promise<RelateResult> {
  if (seedEdges.some((seed) => isSame(seed, edge)))
    return refuse('Every site needs this relation, so it stays.')
  const { catalog, store, views } = graph
  await store.exclusively(async (inside, transaction) => {
    await createEdges(inside, (kind) => catalog.isSymmetric(kind)).remove(edge)
    if (edge.kind === 'tagged') await removeTag(transaction, edge)
  })
  await views.follow()
  return done
}

interface Asked {
  readonly edge: Edge
  readonly inside: KvReader
  readonly transaction: Transaction
}

/** Why an edge may not be; undefined when it may. */
async function findRefusal(graph: Graph, asked: Asked): Promise<string | undefined> {
  const { source, kind, target } = asked.edge
  const spec = graph.catalog.findRelation(kind)
  if (!spec) return `There is no relation “${kind}”.`
  if (source === target) return 'An object cannot be related to itself.'
  const described = await describeObjects(asked.transaction, [source, target])
  const [from, to] = [described.get(source), described.get(target)]
  if (!from) return 'What is to be related is not here any more.'
  if (from.kind === 'elsewhere') return 'What is elsewhere can be related to, and not from here.'
  if (!to) return 'What it is to be related to is not here any more.'
  if (!isCandidate(graph, kind, target)) return await notACandidate(graph, spec, { kind, to })
  return findOccupied(asked, spec, { from, to })
}

/** What these lead to is a type, and not a post of a type. */
const towardsTypes: ReadonlySet<string> = new Set(['is-a', 'subtype-of', 'conj', 'disj'])

/** Whether an object is of the sort that a relation leads to at all. */
export function isRightSort(kind: string, object: string): boolean {
  return !towardsTypes.has(kind) || parseName(object)?.kind === 'type'
}

/** Whether a relation may lead to an object. One that no type declares leads anywhere. */
export function isCandidate({ views }: Graph, kind: string, object: string): boolean {
  if (!isRightSort(kind, object)) return false
  const relation = relationName(kind)
  const { database } = views
  return !database.has('anchored', [relation]) || database.has('candidate', [relation, object])
}

async function notACandidate(
  graph: Graph,
  spec: RelationSpec,
  { kind, to }: { kind: string; to: ObjectDescription },
): Promise<string> {
  const anchors = graph.views.database
    .rel('declares')
    .where([undefined, relationName(kind)])
    .map(([type]) => String(type))
  const described = await describeObjects(graph.database, anchors)
  const wanted = anchors.map((anchor) => `“${described.get(anchor)?.title ?? anchor}”`)
  return `“${spec.label}” leads to what is of the type ${wanted.join(' or ')}, and “${to.title}” is not.`
}

/** Whether one end has already all that the relation allows. */
async function findOccupied(
  { edge, inside }: Asked,
  { cardinality, label }: RelationSpec,
  { from, to }: { from: ObjectDescription; to: ObjectDescription },
): Promise<string | undefined> {
  const edges = createEdges({ ...inside, write: async () => 0 }, () => false)
  const others = (names: readonly string[], own: string) => names.filter((name) => name !== own)
  if (cardinality.endsWith('to-one')) {
    const found = others(await edges.targets(edge.source, edge.kind), edge.target)
    if (found.length > 0) return `“${from.title}” has one “${label}” already; take that away first.`
  }
  if (cardinality.startsWith('one-to')) {
    const found = others(await edges.sources(edge.target, edge.kind), edge.source)
    if (found.length > 0) return `“${to.title}” is in another “${label}” already.`
  }
  return undefined
}

/** Lists and feeds read a post's tags from their table, in order: the two go together. */
async function addTag(transaction: Transaction, { source, target }: Edge): Promise<void> {
  const ids = tagIds({ source, target })
  if (!ids) return
  await tellingOfTags(transaction, ids.postId, async () => {
    const [last] = await transaction
      .select({ place: max(postTags.sortOrder) })
      .from(postTags)
      .where(eq(postTags.postId, ids.postId))
    await transaction
      .insert(postTags)
      .values({ ...ids, sortOrder: (last?.place ?? -1) + 1 })
      .onConflictDoNothing()
  })
}

async function removeTag(transaction: Transaction, edge: Edge): Promise<void> {
  const ids = tagIds(edge)
  if (!ids) return
  const { postId, tagId } = ids
  await tellingOfTags(transaction, postId, async () => {
    await transaction
      .delete(postTags)
      .where(and(eq(postTags.postId, postId), eq(postTags.tagId, tagId)))
  })
}

function tagIds({ source, target }: Pick<Edge, 'source' | 'target'>) {
  const [post, tag] = [parseName(source), parseName(target)]
  return post?.kind === 'post' && tag?.kind === 'tag'
    ? { postId: post.id, tagId: tag.id }
    : undefined
}

function refuse(reason: string): RelateResult {
  return { status: 'refused', reason }
}

function isSame(one: Edge, other: Edge): boolean {
  return one.source === other.source && one.kind === other.kind && one.target === other.target
}

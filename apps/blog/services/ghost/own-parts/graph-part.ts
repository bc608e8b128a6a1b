import { z } from 'zod'
import { createEdges, type Edge } from '../../../graph/edges.ts'
import type { KvReader, KvWriter } from '../../../graph/kv/kv-store.ts'
import { PostgresKvStore } from '../../../graph/kv/postgres-kv-store.ts'
import { describeObjects } from '../../graph/describe-objects.ts'
import { putFieldValues, readFieldValuesOf, withNames } from '../../graph/field-values.ts'
import { impliedKinds } from '../../graph/implied-edges.ts'
import { type RelationSpec, relationSpec } from '../../graph/metamodel.ts'
import { plantSeeds } from '../../graph/plant-seeds.ts'
import { findNames, namesIn } from './archive-names.ts'
import type { PartImport } from './import-own-parts.ts'
import { metamodelLists, storeMetamodelRow } from './metamodel-rows.ts'
import { type PartRow, readPart } from './read-part.ts'

const name = z.string().min(1).max(2000)
const lists = {
  ...metamodelLists,
  edges: z.object({ source: name, kind: z.string().max(60), target: name }),
  values: z.object({
    object: name,
    values: z.record(
      z.string().max(40),
      z.union([z.string().max(20_000), z.number(), z.boolean()]),
    ),
  }),
}

type Row = PartRow<typeof lists>
type RowOf<List> = Extract<Row, { readonly list: List }>

interface GraphImport extends PartImport {
  readonly inside: KvReader & KvWriter
}

/** Types and relations, what is related to what, and what stands in fields. Other writers of the graph wait. */
export async function storeGraph(part: PartImport): Promise<number> {
  const { database, transaction } = part
  const store = new PostgresKvStore({ database })
  const graph = { ...part, inside: store.within(transaction) }
  let changed = 0
  let isPlanted = false
  for await (const rows of readPart(part.file, lists, part.warn)) {
    if (rows.length === 0) continue
    // Whatever a site begins with must be here before something of it can be changed.
    if (!isPlanted) await plantSeeds(database, store)
    isPlanted = true
    for (const each of rows) {
      if (each.list === 'types') {
        changed += await storeMetamodelRow(graph, { kind: 'type', row: each.row }, each.at)
      } else if (each.list === 'relations') {
        changed += await storeMetamodelRow(graph, { kind: 'relation', row: each.row }, each.at)
      }
    }
    changed += await storeEdges(
      graph,
      rows.filter((each) => each.list === 'edges'),
    )
    changed += await storeValues(
      graph,
      rows.filter((each) => each.list === 'values'),
    )
  }
  return changed
}

async function storeEdges(
  { transaction, inside, ids, warn }: GraphImport,
  rows: readonly RowOf<'edges'>[],
): Promise<number> {
  // A post's own columns decide these, and they are right already.
  const editors = rows.filter(({ row }) => !(isImplied(row.kind) && row.source.startsWith('post:')))
  if (editors.length === 0) return 0
  const relations = await readRelations(inside)
  const names = await findNames(
    ids,
    editors.flatMap(({ row }) => [row.source, row.target]),
  )
  const here = await describeObjects(transaction, names.values())
  const isHere = (object: string | undefined): object is string =>
    object !== undefined && here.has(object)
  const isElsewhere = (object: string) => here.get(object)?.kind === 'elsewhere'
  const edges = createEdges(inside, (kind) => relations.get(kind)?.isSymmetric ?? false)
  const free: Edge[] = []
  let changed = 0
  for (const { row, at } of editors) {
    const spec = relations.get(row.kind)
    const [source, target] = [names.get(row.source), names.get(row.target)]
    if (!spec) warn(at, 'there is no such relation here')
    else if (!isHere(source) || !isHere(target)) warn(at, 'one of its ends is not here')
    else if (source === target || (isElsewhere(source) && !spec.isSymmetric)) {
      warn(at, 'it cannot begin there')
    } else {
      const [from, to] = isElsewhere(source) ? [target, source] : [source, target]
      const edge = { source: from, kind: row.kind, target: to }
      if (spec.cardinality === 'many-to-many') free.push(edge)
      else if (await isOccupied(edges, edge, spec)) warn(at, 'its end has all that it may have')
      else changed += Math.min(1, await edges.add(edge))
    }
  }
  return changed + (free.length > 0 ? Math.min(1, await edges.change({ add: free })) : 0)
}

function isImplied(kind: string): boolean {
  return impliedKinds.some((implied) => implied === kind)
}

async function readRelations(inside: KvReader): Promise<ReadonlyMap<string, RelationSpec>> {
  const entries = await inside.scan(['metamodel', 'relation'])
  return new Map(
    entries.flatMap(({ key, value }) => {
      const { data } = relationSpec.safeParse(value)
      return data ? [[String(key[2]), data] as const] : []
    }),
  )
}

async function isOccupied(
  edges: ReturnType<typeof createEdges>,
  { source, kind, target }: Edge,
  { cardinality }: RelationSpec,
): Promise<boolean> {
  const isOther = (own: string) => (found: string) => found !== own
  if (cardinality.endsWith('to-one')) {
    if ((await edges.targets(source, kind)).some(isOther(target))) return true
  }
  return (
    cardinality.startsWith('one-to') && (await edges.sources(target, kind)).some(isOther(source))
  )
}

/** What a field has here stays. */
async function storeValues(
  { transaction, inside, ids, warn }: GraphImport,
  rows: readonly RowOf<'values'>[],
): Promise<number> {
  if (rows.length === 0) return 0
  const mentioned = rows.flatMap(({ row }) => [row.object, ...namesIn(row.values)])
  const names = await findNames(ids, mentioned)
  const here = await describeObjects(transaction, names.values())
  const objects = rows.flatMap(({ row }) => names.get(row.object) ?? [])
  const ours = new Map(await readFieldValuesOf(inside, objects))
  const changed = new Set<string>()
  for (const { row, at } of rows) {
    const object = names.get(row.object)
    if (object === undefined || !here.has(object)) {
      warn(at, 'what it is about is not here')
      continue
    }
    const known = ours.get(object) ?? {}
    if (Object.keys(row.values).every((field) => Object.hasOwn(known, field))) continue
    ours.set(object, { ...withNames(row.values, names), ...known })
    changed.add(object)
  }
  await inside.write([...changed].map((object) => putFieldValues(object, ours.get(object) ?? {})))
  return changed.size
}

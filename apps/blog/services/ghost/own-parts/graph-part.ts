import { z } from 'zod'
import { PostgresKvStore } from '../../../graph/kv/postgres-kv-store.ts'
import { describeObjects } from '../../graph/describe-objects.ts'
import { putFieldValues, readFieldValuesOf, withNames } from '../../graph/field-values.ts'
import { plantSeeds } from '../../graph/plant-seeds.ts'
import { savedQuery } from '../../queries/saved-query.ts'
import { findNames, namesIn } from './archive-names.ts'
import { type EdgeRow, edgeRow, type GraphImport, storeEdges, typeEdges } from './edge-rows.ts'
import type { PartImport } from './import-own-parts.ts'
import { storeLists } from './list-rows.ts'
import { metamodelLists, storeMetamodelRow } from './metamodel-rows.ts'
import { type PartRow, readPart } from './read-part.ts'

const name = z.string().min(1).max(2000)
const lists = {
  ...metamodelLists,
  lists: savedQuery,
  edges: edgeRow,
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

/** Types and relations, what is related to what, what stands in fields, and lists. Other writers of the graph wait. */
export async function storeGraph(part: PartImport): Promise<number> {
  const { database, transaction } = part
  const store = new PostgresKvStore({ database })
  const graph = { ...part, inside: store.within(transaction) }
  let changed = 0
  let isPlanted = false
  // First what types there are and what is of which type: other relations are looked at in the light of it.
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
    changed += await storeEdges(graph, edgesIn(rows, true))
  }
  for await (const rows of readPart(part.file, lists, () => undefined)) {
    changed += await storeEdges(graph, edgesIn(rows, false))
    changed += await storeValues(
      graph,
      rows.filter((each) => each.list === 'values'),
    )
    changed += await storeLists(
      graph,
      rows.filter((each) => each.list === 'lists'),
    )
  }
  return changed
}

function edgesIn(rows: readonly Row[], areOfTypes: boolean): readonly EdgeRow[] {
  const edges = rows.filter((each) => each.list === 'edges')
  return edges.filter(({ row }) => typeEdges.has(row.kind) === areOfTypes)
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

import { z } from 'zod'
import { createEdges, type Edge } from '../../../graph/edges.ts'
import type { KvReader, KvWriter } from '../../../graph/kv/kv-store.ts'
import { createCandidates } from '../../graph/candidates-by-edges.ts'
import { describeObjects } from '../../graph/describe-objects.ts'
import { impliedKinds } from '../../graph/implied-edges.ts'
import { type RelationSpec, relationSpec } from '../../graph/metamodel.ts'
import { isRightSort } from '../../graph/relate.ts'
import { findNames } from './archive-names.ts'
import type { PartImport } from './import-own-parts.ts'

const name = z.string().min(1).max(2000)
export const edgeRow = z.object({ source: name, kind: z.string().max(60), target: name })

export interface EdgeRow {
  readonly row: z.output<typeof edgeRow>
  readonly at: string
}

export interface GraphImport extends PartImport {
  readonly inside: KvReader & KvWriter
}

/** What says which types there are, what is of which, and where relations may lead. */
export const typeEdges: ReadonlySet<string> = new Set([
  'is-a',
  'subtype-of',
  'conj',
  'disj',
  'declares',
])

/** Edges that are not here yet. Those that this place would not take from an editor are warned about and left out. */
export async function storeEdges(
  { transaction, inside, ids, warn }: GraphImport,
  rows: readonly EdgeRow[],
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
  const isCandidate = createCandidates(edges)
  const mayLead = async ({ source, kind, target }: Edge, { isSymmetric }: RelationSpec) => {
    // These come first and decide together: what they lead to is not known before all of them are here.
    if (typeEdges.has(kind)) return isRightSort(kind, target)
    // Either end of a symmetric one may be where an editor began.
    return (await isCandidate(kind, target)) || (isSymmetric && (await isCandidate(kind, source)))
  }
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
      const isWrong =
        !(await mayLead(edge, spec)) && !(await edges.targets(from, row.kind)).includes(to)
      if (isWrong) warn(at, 'its relation leads to what is of another type')
      else if (spec.cardinality === 'many-to-many') free.push(edge)
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

import { createEdges, type Edge } from '../../graph/edges.ts'
import type { KvReader, KvWriter } from '../../graph/kv/kv-store.ts'
import type { Transaction } from '../../models/index.ts'
import { impliedEdges } from '../graph/implied-edges.ts'
import { objectName, typeName } from '../graph/names.ts'
import type { PostRow } from './read-content.ts'

export interface RelatedPost {
  readonly object: string
  readonly row: PostRow
  readonly types: readonly string[]
  /** What followed from it before it was changed. */
  readonly impliedBefore: readonly Edge[]
  readonly newTagIds: readonly string[]
}

/** The edges of its types, and those that follow from its tags, authors and links. */
export async function relatePost(
  inside: KvReader & KvWriter,
  transaction: Transaction,
  { object, row, types, impliedBefore, newTagIds }: RelatedPost,
): Promise<void> {
  const edges = createEdges(inside, () => false)
  const wanted = [
    ...types.map((slug) => ({ source: object, kind: 'is-a', target: typeName(slug) })),
    ...(await impliedEdges(transaction, [row])),
  ]
  const isWanted = new Set(wanted.map(textOf))
  const typesBefore = (await edges.from(object)).filter(({ kind }) => kind === 'is-a')
  const stale = [...typesBefore, ...impliedBefore].filter((edge) => !isWanted.has(textOf(edge)))
  const tagsAreTags = newTagIds.map((id) => ({
    source: objectName('tag', id),
    kind: 'is-a',
    target: typeName('tag'),
  }))
  await edges.change({ add: [...wanted, ...tagsAreTags], remove: stale })
}

function textOf({ kind, target }: Edge): string {
  return `${kind} ${target}`
}

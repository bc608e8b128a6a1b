import { createEdges } from '../../graph/edges.ts'
import { putRelation } from '../graph/catalog.ts'
import type { Graph } from '../graph/open-graph.ts'
import { describeMisplaced } from './describe-misplaced.ts'
import { plainRelation } from './list-metamodel.ts'
import { checkRow, findRow, readTypeTitles, storeRow } from './metamodel-row.ts'
import { refuse, type SaveResult } from './problem.ts'
import { rehearse, unchanged } from './rehearse.ts'
import { readRelationSpec, type RelationDraft } from './relation-draft.ts'
import { changeOfAnchors, checkAnchors, findBrokenEdges } from './relation-edges.ts'

/** Stores a relation and which types declare it, all or nothing. It is refused when its edges would not fit it. */
export async function saveRelation(graph: Graph, draft: RelationDraft): Promise<SaveResult> {
  const result = await graph.store.exclusively(async (inside, transaction): Promise<SaveResult> => {
    // Nobody writes meanwhile, so that what the views say is what the relation will meet.
    await graph.views.follow()
    const { slug, isNew, title } = draft
    const row = isNew ? undefined : await findRow(transaction, 'relation', slug)
    if (!isNew && !row) return { status: 'missing' }
    const { spec, problems } = readRelationSpec(draft)
    const wrong = [
      ...(await checkRow(transaction, draft)),
      ...problems,
      ...checkAnchors(draft, await readTypeTitles(transaction)),
    ]
    if (!spec || wrong.length > 0) return refuse(wrong)
    const known = graph.catalog.findRelation(slug) ?? plainRelation(title)
    const change = changeOfAnchors(graph, draft)
    // Nothing is related yet by a new one.
    const rehearsal = isNew ? unchanged(graph.views.database) : rehearse(graph.views, change)
    const broken = [
      ...(await findBrokenEdges({ graph, transaction, slug, known, spec })),
      ...(await describeMisplaced({ graph, transaction }, rehearsal, 'anchors')),
    ]
    if (broken.length > 0) return refuse(broken)
    await storeRow(transaction, 'relation', { ...draft, known: row })
    await inside.write([putRelation(slug, spec)])
    await createEdges(inside, () => false).change(change)
    return { status: 'saved', slug }
  })
  await graph.views.follow()
  return result
}

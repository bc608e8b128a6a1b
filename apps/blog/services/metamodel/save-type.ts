import { createEdges } from '../../graph/edges.ts'
import { putType } from '../graph/catalog.ts'
import type { Graph } from '../graph/open-graph.ts'
import { checkRow, findRow, readTypeTitles, storeRow } from './metamodel-row.ts'
import { refuse, type SaveResult } from './problem.ts'
import { findConsequences } from './type-consequences.ts'
import { readTypeSpec, type TypeDraft } from './type-draft.ts'
import { changeOfEdges, checkTypeEdges } from './type-edges.ts'

/**
 * Stores a type with its place among the others, its fields and its rules, all or nothing. It is refused when it
 * cannot be read, and when something that is there would not fit it.
 */
export async function saveType(graph: Graph, draft: TypeDraft): Promise<SaveResult> {
  const result = await graph.store.exclusively(async (inside, transaction): Promise<SaveResult> => {
    // Nobody writes meanwhile, so that what the views say is what the type will meet.
    await graph.views.follow()
    const { slug, isNew } = draft
    const known = isNew ? undefined : await findRow(transaction, 'type', slug)
    if (!isNew && !known) return { status: 'missing' }
    const titles = await readTypeTitles(transaction)
    const { spec, problems } = readTypeSpec(draft, isNew ? withOwn(titles, draft) : titles)
    const wrong = [
      ...(await checkRow(transaction, draft)),
      ...checkTypeEdges(draft, titles),
      ...problems,
    ]
    if (wrong.length > 0) return refuse(wrong)
    const change = changeOfEdges(graph, draft)
    const edit = { graph, inside, transaction, draft, spec, change, titles }
    const consequences = await findConsequences(edit)
    if (consequences.length > 0) return refuse(consequences)
    await storeRow(transaction, 'type', { ...draft, known })
    await inside.write([putType(slug, spec)])
    await createEdges(inside, () => false).change(change)
    return { status: 'saved', slug }
  })
  await graph.views.follow()
  return result
}

/** A field of a new type may lead to that type. */
function withOwn(
  titles: ReadonlyMap<string, string>,
  { slug, title }: TypeDraft,
): ReadonlyMap<string, string> {
  return new Map([...titles, [slug, title]])
}

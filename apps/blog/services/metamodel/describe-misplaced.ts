import type { Database } from '@rose-ash/datalog'
import type { Transaction } from '../../models/index.ts'
import { parseName, relationName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { edgesOfKind } from './edges-of-kind.ts'
import { postsHave, type Problem, problemFor } from './problem.ts'
import type { Rehearsal } from './rehearse.ts'

interface Misplaced {
  /** The slug of a relation. */
  readonly relation: string
  /** What is related by it to something that it would not lead to. */
  readonly sources: readonly string[]
}

/** These are put together here, where they are looked at more closely. */
const structural = new Set(['subtype-of', 'declares', 'conj', 'disj'])

/** Relations that lead where they may not any more. */
export async function describeMisplaced(
  { graph, transaction }: { readonly graph: Graph; readonly transaction: Transaction },
  rehearsal: Rehearsal,
  place: string,
): Promise<Problem[]> {
  const problems = []
  for (const { relation, sources } of findMisplaced(graph, rehearsal)) {
    const label = graph.catalog.findRelation(relation)?.label ?? relation
    const message = `${postsHave(sources.length)} a “${label}” that would lead to the wrong type.`
    problems.push(await problemFor(transaction, { place, message }, sources))
  }
  return problems
}

/** Edges that lead where their relation may lead now, and then no longer. */
function findMisplaced({ views }: Graph, { after, delta }: Rehearsal): readonly Misplaced[] {
  const concerned = [...(delta.added['anchored'] ?? []), ...(delta.removed['candidate'] ?? [])]
  const names = new Set(concerned.map((row) => String((row as readonly unknown[])[0])))
  return [...names].flatMap((name) => {
    const parsed = parseName(name)
    if (parsed?.kind !== 'relation' || structural.has(parsed.slug)) return []
    const sources = edgesOfKind(views, parsed.slug)
      .filter(({ target }) => mayLeadTo(views.database, parsed.slug, target))
      .filter(({ target }) => !mayLeadTo(after, parsed.slug, target))
      .map(({ source }) => source)
    return sources.length > 0 ? [{ relation: parsed.slug, sources }] : []
  })
}

function mayLeadTo(database: Database, kind: string, object: string): boolean {
  const relation = relationName(kind)
  return !database.has('anchored', [relation]) || database.has('candidate', [relation, object])
}

import { eq } from 'drizzle-orm'
import { removalOf } from '../../graph/edges.ts'
import { posts } from '../../models/index.ts'
import { deleteRelation as deleteRelationSpec } from '../graph/catalog.ts'
import { deleteFieldValues } from '../graph/field-values.ts'
import { relationName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { seedRelations } from '../graph/seeds.ts'
import { countEdges, edgesOfKind } from './edges-of-kind.ts'
import { findRow } from './metamodel-row.ts'
import { type DeleteResult, problemAt, problemFor, refuse } from './problem.ts'

/** Takes a relation away, unless something is related by it. */
export async function deleteRelation(graph: Graph, slug: string): Promise<DeleteResult> {
  const result = await graph.store.exclusively(
    async (inside, transaction): Promise<DeleteResult> => {
      await graph.views.follow()
      const row = await findRow(transaction, 'relation', slug)
      if (!row) return { status: 'missing' }
      if (seedRelations.some((seed) => seed.slug === slug))
        return refuse([problemAt(null, 'Every site needs this relation, so it stays.')])
      const edges = edgesOfKind(graph.views, slug)
      if (edges.length > 0) {
        const count = countEdges(edges, graph.catalog.isSymmetric(slug))
        const pairs = count === 1 ? 'One pair is' : `${count} pairs are`
        const sources = edges.map(({ source }) => source)
        const used = { place: null, message: `${pairs} related by it. Take them apart first.` }
        return refuse([await problemFor(transaction, used, sources)])
      }
      const name = relationName(slug)
      await transaction.delete(posts).where(eq(posts.id, row.id))
      await inside.write([
        ...(await removalOf(inside, name)),
        deleteRelationSpec(slug),
        deleteFieldValues(name),
      ])
      return { status: 'deleted', title: row.title }
    },
  )
  await graph.views.follow()
  return result
}

import { eq } from 'drizzle-orm'
import { removalOf } from '../../graph/edges.ts'
import { posts, type Transaction } from '../../models/index.ts'
import { deleteType as deleteTypeSpec } from '../graph/catalog.ts'
import { deleteFieldValues } from '../graph/field-values.ts'
import { typeName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { seedTypes } from '../graph/seeds.ts'
import { instancesOf } from '../graph/types-of.ts'
import { findRow, readTypeTitles } from './metamodel-row.ts'
import { type DeleteResult, type Problem, problemAt, problemFor, refuse } from './problem.ts'

/** Takes a type away, unless something needs it. */
export async function deleteType(graph: Graph, slug: string): Promise<DeleteResult> {
  const result = await graph.store.exclusively(
    async (inside, transaction): Promise<DeleteResult> => {
      await graph.views.follow()
      const row = await findRow(transaction, 'type', slug)
      if (!row) return { status: 'missing' }
      const problems = await findUses(graph, transaction, slug)
      if (problems.length > 0) return refuse(problems)
      const name = typeName(slug)
      await transaction.delete(posts).where(eq(posts.id, row.id))
      await inside.write([
        ...(await removalOf(inside, name)),
        deleteTypeSpec(slug),
        deleteFieldValues(name),
      ])
      return { status: 'deleted', title: row.title }
    },
  )
  await graph.views.follow()
  return result
}

async function findUses(graph: Graph, transaction: Transaction, slug: string): Promise<Problem[]> {
  if (seedTypes.some((seed) => seed.slug === slug))
    return [problemAt(null, 'Every site needs this type, so it stays.')]
  const name = typeName(slug)
  const { database } = graph.views
  const objects = (relation: string, place: number) => {
    const pattern = place === 0 ? [undefined, name] : [name, undefined]
    return database
      .rel(relation)
      .where(pattern)
      .map((row) => String((row as readonly unknown[])[place]))
  }
  const instances = instancesOf(graph, name)
  const isMadeOfOthers = objects('conj', 1).length + objects('disj', 1).length > 0
  const uses = [
    {
      names: instances,
      message: isMadeOfOthers
        ? `${are(instances)} of this type. Make it a plain one first.`
        : `${are(instances)} of this type.`,
    },
    { names: objects('subtype_of', 0), message: 'There are types right below it.' },
    {
      names: [...objects('conj', 0), ...objects('disj', 0)],
      message: 'Other types are made of it.',
    },
    { names: await typesReferring(graph, transaction, slug), message: 'Fields lead to it.' },
    { names: objects('declares', 1), message: 'Relations lead to it.' },
  ]
  const problems = []
  for (const { names, message } of uses)
    if (names.length > 0)
      problems.push(await problemFor(transaction, { place: null, message }, names))
  return problems
}

/** Other types with a field that leads to this one. */
async function typesReferring(
  { catalog }: Graph,
  transaction: Transaction,
  slug: string,
): Promise<readonly string[]> {
  const titles = await readTypeTitles(transaction)
  return [...titles.keys()]
    .filter((other) => other !== slug)
    .filter((other) => catalog.getType(other).fields.some(({ target }) => target === slug))
    .map(typeName)
}

function are({ length }: readonly string[]): string {
  return length === 1 ? 'One post is' : `${length} posts are`
}

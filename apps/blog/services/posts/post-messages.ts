import type { Transaction } from '../../models/index.ts'
import { describeObjects } from '../graph/describe-objects.ts'
import { typeName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { isCandidate } from '../graph/relate.ts'
import { findMissingBlocks } from '../graph/schema-check.ts'
import { schemaOfTypes } from '../graph/types-of.ts'
import { findUnknownNames } from './name-lists.ts'
import type { PostContent } from './read-content.ts'

export interface WantedPost {
  readonly wanted: PostContent
  readonly slugMessages: readonly string[]
  readonly html: string
  readonly typesAbove: readonly string[]
}

/** What is wrong with a post as it is to be stored, in sentences for whoever writes it. */
export async function findPostMessages(
  graph: Graph,
  transaction: Transaction,
  { wanted, slugMessages, html, typesAbove }: WantedPost,
): Promise<readonly string[]> {
  const { title, status, publishedAt, visibility, tiers, types } = wanted
  return [
    ...(title === '' ? ['A post needs a title.'] : []),
    ...slugMessages,
    ...(status === 'scheduled' && !publishedAt ? ['Say when it is to be published.'] : []),
    ...(visibility === 'tiers' && tiers.length === 0 ? ['Choose a tier that may read it.'] : []),
    ...(await findUnknownNames(transaction, wanted)),
    ...(await findWrongTypes(graph, transaction, types)),
    ...findMissingBlocks(html, schemaOfTypes(graph, typesAbove)),
  ]
}

async function findWrongTypes(
  graph: Graph,
  transaction: Transaction,
  types: readonly string[],
): Promise<readonly string[]> {
  const described = await describeObjects(transaction, types.map(typeName))
  return types.flatMap((slug) =>
    described.has(typeName(slug)) && isCandidate(graph, 'is-a', typeName(slug))
      ? []
      : [`There is no type “${slug}”.`],
  )
}

import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { createEdges, type Edge, outgoing, readOutgoing } from '../../graph/edges.ts'
import { PostgresKvStore } from '../../graph/kv/postgres-kv-store.ts'
import { type Database, posts, tags } from '../../models/index.ts'
import { impliedEdges, impliedKinds } from '../graph/implied-edges.ts'
import { objectName, typeName } from '../graph/names.ts'

const pageSize = 200

/**
 * Writes the tags, authors and internal links of a source's posts as edges of the post graph, and takes away
 * those that are not so any more. What is right already is not written again, so this may be done at any time, also
 * after an import was killed. With `sourceIds`, which are the site's own, of these posts alone.
 */
export async function relateImported(
  database: Database,
  source: string,
  sourceIds?: readonly string[],
): Promise<void> {
  const store = new PostgresKvStore({ database })
  await markTags(store, database, source)
  let last: string | undefined
  for (;;) {
    const page = await database
      .select({ id: posts.id, html: posts.html })
      .from(posts)
      .where(
        and(
          eq(posts.source, source),
          sourceIds && inArray(posts.sourceId, [...sourceIds]),
          last === undefined ? undefined : gt(posts.id, last),
        ),
      )
      .orderBy(asc(posts.id))
      .limit(pageSize)
    if (page.length === 0) return
    const wanted = await impliedEdges(database, page)
    const found = await store.scanAll(
      page.flatMap(({ id }) =>
        impliedKinds.map((kind) => [...outgoing, objectName('post', id), kind]),
      ),
    )
    const isWanted = new Set(wanted.map(textOf))
    const stale = found
      .map(({ key }) => readOutgoing(key))
      .filter((edge) => !isWanted.has(textOf(edge)))
    await createEdges(store, () => false).change({ add: wanted, remove: stale })
    last = page.at(-1)?.id
  }
}

/** A tag is of the type `tag`, which is how the relation `tagged` finds it. */
async function markTags(store: PostgresKvStore, database: Database, source: string): Promise<void> {
  const rows = await database.select({ id: tags.id }).from(tags).where(eq(tags.source, source))
  const edges = rows.map(({ id }) => ({
    source: objectName('tag', id),
    kind: 'is-a',
    target: typeName('tag'),
  }))
  await createEdges(store, () => false).change({ add: edges })
}

function textOf(edge: Edge): string {
  return JSON.stringify([edge.source, edge.kind, edge.target])
}

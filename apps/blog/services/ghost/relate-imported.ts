import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { createEdges, type Edge, outgoing, readOutgoing } from '../../graph/edges.ts'
import { PostgresKvStore } from '../../graph/kv/postgres-kv-store.ts'
import { type Database, postAuthors, posts, postTags, tags } from '../../models/index.ts'
import { objectName, typeName } from '../graph/names.ts'
import { findInternalLinks } from './internal-links.ts'

const pageSize = 200
/** What an import says of posts; other relations are an editor's. */
const kinds = ['tagged', 'written-by', 'links-to']

/**
 * Writes the tags, authors and internal links of a source's posts as edges of the post graph, and takes away
 * those that are not so any more. What is right already is not written again, so this may be done at any time, also
 * after an import was killed.
 */
export async function relateImported(database: Database, source: string): Promise<void> {
  const store = new PostgresKvStore({ database })
  await markTags(store, database, source)
  let last: string | undefined
  for (;;) {
    const page = await database
      .select({ id: posts.id, html: posts.html })
      .from(posts)
      .where(and(eq(posts.source, source), last === undefined ? undefined : gt(posts.id, last)))
      .orderBy(asc(posts.id))
      .limit(pageSize)
    if (page.length === 0) return
    const wanted = await wantedEdges(database, page)
    const found = await store.scanAll(
      page.flatMap(({ id }) => kinds.map((kind) => [...outgoing, objectName('post', id), kind])),
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

async function wantedEdges(
  database: Database,
  page: readonly { readonly id: string; readonly html: string }[],
): Promise<readonly Edge[]> {
  const ids = page.map(({ id }) => id)
  const tagged = await database.select().from(postTags).where(inArray(postTags.postId, ids))
  const written = await database.select().from(postAuthors).where(inArray(postAuthors.postId, ids))
  const links = page.flatMap(({ id, html }) =>
    findInternalLinks(html).map((slug) => ({ from: id, slug })),
  )
  const slugs = [...new Set(links.map(({ slug }) => slug))]
  const targets =
    slugs.length === 0
      ? []
      : await database
          .select({ id: posts.id, slug: posts.slug })
          .from(posts)
          .where(and(inArray(posts.slug, slugs), inArray(posts.type, ['post', 'page'])))
          // A page wins over a post of the same slug: it is what the address shows.
          .orderBy(asc(posts.type))
  const bySlug = new Map(targets.toReversed().map(({ id, slug }) => [slug, id]))
  return [
    ...tagged.map(({ postId, tagId }) => edge(postId, 'tagged', objectName('tag', tagId))),
    ...written.map(({ postId, authorId }) =>
      edge(postId, 'written-by', objectName('author', authorId)),
    ),
    ...links.flatMap(({ from, slug }) => {
      const to = bySlug.get(slug)
      return to && to !== from ? [edge(from, 'links-to', objectName('post', to))] : []
    }),
  ]
}

function edge(postId: string, kind: string, target: string): Edge {
  return { source: objectName('post', postId), kind, target }
}

function textOf(edge: Edge): string {
  return JSON.stringify([edge.source, edge.kind, edge.target])
}

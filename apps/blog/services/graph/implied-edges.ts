import { asc, inArray, and } from 'drizzle-orm'
import type { Edge } from '../../graph/edges.ts'
import { postAuthors, posts, postTags, type Queryable } from '../../models/index.ts'
import { findInternalLinks } from '../ghost/internal-links.ts'
import { objectName } from './names.ts'

/** Kinds of edges that a post's own columns decide; other relations are an editor's. */
export const impliedKinds = ['tagged', 'written-by', 'links-to'] as const

/** The edges that follow from posts' tags, authors and the links in their bodies: at most four queries. */
export async function impliedEdges(
  database: Queryable,
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

import { and, asc, eq, gt, ne, sql } from 'drizzle-orm'
import { type Database, menuNodes, pageFeatures, posts } from '../../models/index.ts'
import type { GhostIds } from './ghost-ids.ts'
import { mapPages, objectOf } from './json-lists.ts'
import { exportedNames } from './object-names.ts'
import type { OwnParts } from './own-parts.ts'
import { pageSize, readPages } from './read-pages.ts'

/** The menus, and what pages offer besides their text. */
export async function* navigationJson(parts: OwnParts): AsyncGenerator<string> {
  yield* objectOf({ nodes: nodes(parts), features: features(parts) })
}

/** Entries that an editor has taken away are not there, nor those of and to what is in the trash. */
async function* nodes({ database, ids }: OwnParts): AsyncGenerator<readonly unknown[]> {
  const pages = readPages<typeof menuNodes.$inferSelect>((last) =>
    database
      .select()
      .from(menuNodes)
      .where(and(ne(menuNodes.containerType, 'removed'), last && gt(menuNodes.id, last.id)))
      .orderBy(asc(menuNodes.id))
      .limit(pageSize),
  )
  for await (const page of pages) yield await withExportedIds(database, ids, page)
}

/** Addresses that follow what they lead to, with our ids here and an archive's own in it. */
export const permanent = /^\/go\/(post|tag)\/([^/]+)\/$/

async function withExportedIds(
  database: Database,
  ids: GhostIds,
  page: readonly (typeof menuNodes.$inferSelect)[],
): Promise<readonly unknown[]> {
  const named = page.map(({ createdAt: _createdAt, updatedAt: _updatedAt, ...node }) => ({
    node,
    container: node.containerType === 'page' ? `post:${node.containerId}` : undefined,
    target: node.app === 'blog' ? node.path.replace(permanent, '$1:$2') : node.path,
  }))
  const isNamed = ({ target, node }: (typeof named)[number]) => target !== node.path
  const mentioned = named.flatMap((each) => [
    ...(each.container === undefined ? [] : [each.container]),
    ...(isNamed(each) ? [each.target] : []),
  ])
  const names = await exportedNames(database, ids, mentioned)
  return named.flatMap((each) => {
    const { node, container, target } = each
    const containerId = container === undefined ? node.containerId : idIn(names.get(container))
    const path = isNamed(each)
      ? names.get(target)?.replace(/^(\w+):(.*)$/, '/go/$1/$2/')
      : node.path
    return containerId === undefined || path === undefined ? [] : [{ ...node, containerId, path }]
  })
}

/** `<id>` of `post:<id>`. */
function idIn(name: string | undefined): string | undefined {
  return name?.slice(name.indexOf(':') + 1)
}

async function* features({ database, ids }: OwnParts): AsyncGenerator<readonly unknown[]> {
  const { pageId, feature } = pageFeatures
  const pages = readPages<{ pageId: string; feature: string; sourceId: string | null }>((last) =>
    database
      .select({ pageId, feature, sourceId: posts.sourceId })
      .from(pageFeatures)
      .innerJoin(posts, eq(posts.id, pageId))
      .where(last && sql`(${pageId}, ${feature}) > (${last.pageId}::uuid, ${last.feature})`)
      .orderBy(asc(pageId), asc(feature))
      .limit(pageSize),
  )
  yield* mapPages(pages, (row) => ({
    page: ids.of('post', { id: row.pageId, sourceId: row.sourceId }),
    feature: row.feature,
  }))
}

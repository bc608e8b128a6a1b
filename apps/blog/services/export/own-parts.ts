import { and, asc, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import { outgoing, readOutgoing } from '../../graph/edges.ts'
import type { Key } from '../../graph/kv/key.ts'
import type { KvEntry } from '../../graph/kv/kv-store.ts'
import { PostgresKvStore } from '../../graph/kv/postgres-kv-store.ts'
import {
  comments,
  type Database,
  menuNodes,
  pageFeatures,
  postRevisions,
  posts,
} from '../../models/index.ts'
import type { GhostIds } from './ghost-ids.ts'
import { exportedNames } from './object-names.ts'
import { pageSize, readPages } from './read-pages.ts'

/** What this platform has and Ghost has not. Objects carry the ids that they have in the Ghost export. */
export interface OwnParts {
  readonly database: Database
  readonly ids: GhostIds
}

type Rows = AsyncIterable<readonly unknown[]>

/** Types and relations, what posts are related to, and what stands in the fields of typed posts. */
export async function* graphJson(parts: OwnParts): AsyncGenerator<string> {
  yield* objectOf({
    types: metamodel(parts, 'type'),
    relations: metamodel(parts, 'relation'),
    edges: edges(parts),
    values: values(parts),
  })
}

async function* metamodel(
  { database }: OwnParts,
  kind: 'type' | 'relation',
): AsyncGenerator<readonly unknown[]> {
  const store = new PostgresKvStore({ database })
  const { slug, title, plaintext } = posts
  const pages = readPages<{ slug: string; title: string; plaintext: string }>((last) =>
    database
      .select({ slug, title, plaintext })
      .from(posts)
      .where(and(eq(posts.type, kind), last && gt(slug, last.slug)))
      .orderBy(asc(slug))
      .limit(pageSize),
  )
  for await (const page of pages) {
    const specs = await store.scanAll(page.map((row) => ['metamodel', kind, row.slug]))
    const bySlug = new Map(specs.map(({ key, value }) => [key[2], value]))
    yield page.map((row) => ({
      slug: row.slug,
      title: row.title,
      description: row.plaintext,
      ...(bySlug.get(row.slug) as object | undefined),
    }))
  }
}

async function* edges({ database, ids }: OwnParts): AsyncGenerator<readonly unknown[]> {
  for await (const page of entries(database, outgoing)) {
    const found = page.map(({ key }) => readOutgoing(key))
    const names = await exportedNames(
      database,
      ids,
      found.flatMap(({ source, target }) => [source, target]),
    )
    yield found.flatMap((edge) => {
      const [source, target] = [names.get(edge.source), names.get(edge.target)]
      return source && target ? [{ source, kind: edge.kind, target }] : []
    })
  }
}

async function* values({ database, ids }: OwnParts): AsyncGenerator<readonly unknown[]> {
  for await (const page of entries(database, ['fields'])) {
    const objects = page.map(({ key }) => String(key[1]))
    const texts = page.flatMap(({ value }) =>
      Object.values(value as object).filter((one): one is string => typeof one === 'string'),
    )
    const names = await exportedNames(database, ids, [...objects, ...texts])
    yield page.flatMap(({ key, value }) => {
      const object = names.get(String(key[1]))
      // A field may name an object.
      const named = Object.entries(value as object).map(([field, one]) => [
        field,
        typeof one === 'string' ? (names.get(one) ?? one) : one,
      ])
      return object ? [{ object, values: Object.fromEntries(named) }] : []
    })
  }
}

function entries(database: Database, prefix: Key): AsyncGenerator<readonly KvEntry[]> {
  const store = new PostgresKvStore({ database })
  return readPages<KvEntry>((last) =>
    store.scan(prefix, { limit: pageSize, ...(last && { after: last.key }) }),
  )
}

/** What was said under posts, with the names under which it is shown and no addresses of people. */
export async function* commentsJson({ database, ids }: OwnParts): AsyncGenerator<string> {
  const columns = {
    id: comments.id,
    postId: comments.postId,
    sourceId: posts.sourceId,
    parentId: comments.parentId,
    remoteUrl: comments.remoteUrl,
    authorName: comments.authorName,
    authorUrl: comments.authorUrl,
    html: comments.html,
    source: comments.source,
    status: comments.status,
    createdAt: comments.createdAt,
    editedAt: comments.editedAt,
  }
  type Row = Pick<typeof comments.$inferSelect, Exclude<keyof typeof columns, 'sourceId'>> & {
    readonly sourceId: string | null
  }
  const pages = readPages<Row>((last) =>
    database
      .select(columns)
      .from(comments)
      .innerJoin(posts, eq(posts.id, comments.postId))
      .where(
        and(
          ne(comments.status, 'deleted'),
          ne(posts.status, 'trashed'),
          last && gt(comments.id, last.id),
        ),
      )
      .orderBy(asc(comments.id))
      .limit(pageSize),
  )
  yield* objectOf({
    comments: mapPages(pages, ({ postId, sourceId, ...row }) => ({
      ...row,
      post: ids.of('post', { id: postId, sourceId }),
    })),
  })
}

/** The menus, and what pages offer besides their text. */
export async function* navigationJson({ database, ids }: OwnParts): AsyncGenerator<string> {
  const pages = readPages<typeof menuNodes.$inferSelect>((last) =>
    database
      .select()
      .from(menuNodes)
      .where(last && gt(menuNodes.id, last.id))
      .orderBy(asc(menuNodes.id))
      .limit(pageSize),
  )
  yield* objectOf({
    nodes: mapPages(pages, ({ createdAt: _createdAt, updatedAt: _updatedAt, ...node }) => node),
    features: features({ database, ids }),
  })
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

/** Every save of every post, one a line. */
export async function* revisionLines({ database, ids }: OwnParts): AsyncGenerator<string> {
  const { postId, version, reason, content, createdAt } = postRevisions
  type Row = Pick<
    typeof postRevisions.$inferSelect,
    'postId' | 'version' | 'reason' | 'content' | 'createdAt'
  > & { readonly sourceId: string | null }
  const pages = readPages<Row>((last) =>
    database
      .select({ postId, version, reason, content, createdAt, sourceId: posts.sourceId })
      .from(postRevisions)
      .innerJoin(posts, eq(posts.id, postId))
      .where(
        and(
          inArray(posts.type, ['post', 'page']),
          ne(posts.status, 'trashed'),
          last && sql`(${postId}, ${version}) > (${last.postId}::uuid, ${last.version})`,
        ),
      )
      .orderBy(asc(postId), asc(version))
      .limit(pageSize),
  )
  for await (const page of pages) {
    for (const { postId: id, sourceId, ...row } of page) {
      yield `${JSON.stringify({ post: ids.of('post', { id, sourceId }), ...row })}\n`
    }
  }
}

async function* mapPages<Row>(
  pages: AsyncIterable<readonly Row[]>,
  map: (row: Row) => unknown,
): AsyncGenerator<readonly unknown[]> {
  for await (const page of pages) yield page.map(map)
}

/** An object of lists, of which no more than a page is in memory. */
async function* objectOf(lists: Readonly<Record<string, Rows>>): AsyncGenerator<string> {
  let before = '{'
  for (const [name, rows] of Object.entries(lists)) {
    yield `${before}\n${JSON.stringify(name)}: [`
    let separator = '\n'
    for await (const page of rows) {
      for (const row of page) {
        yield separator + JSON.stringify(row)
        separator = ',\n'
      }
    }
    yield ']'
    before = ','
  }
  yield '\n}\n'
}

import { and, asc, eq, gt } from 'drizzle-orm'
import { outgoing, readOutgoing } from '../../graph/edges.ts'
import type { Key } from '../../graph/kv/key.ts'
import type { KvEntry } from '../../graph/kv/kv-store.ts'
import { PostgresKvStore } from '../../graph/kv/postgres-kv-store.ts'
import { type Database, posts } from '../../models/index.ts'
import { withNames } from '../graph/field-values.ts'
import { namesInText, withNamesInText } from '../queries/names-in-text.ts'
import { queryPrefix, savedQuery } from '../queries/saved-query.ts'
import { objectOf } from './json-lists.ts'
import { exportedNames, namesIn } from './object-names.ts'
import type { OwnParts } from './own-parts.ts'
import { pageSize, readPages } from './read-pages.ts'

/** Types and relations, what posts are related to, what stands in the fields of typed posts, and lists. */
export async function* graphJson(parts: OwnParts): AsyncGenerator<string> {
  yield* objectOf({
    types: metamodel(parts, 'type'),
    relations: metamodel(parts, 'relation'),
    edges: edges(parts),
    values: values(parts),
    lists: lists(parts),
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
    const found = page.map(({ key, value }) => ({
      object: String(key[1]),
      values: value as Readonly<Record<string, unknown>>,
    }))
    const mentioned = found.flatMap((one) => [one.object, ...namesIn(one.values)])
    const names = await exportedNames(database, ids, mentioned)
    yield found.flatMap((one) => {
      const object = names.get(one.object)
      return object ? [{ object, values: withNames(one.values, names) }] : []
    })
  }
}

async function* lists({ database, ids }: OwnParts): AsyncGenerator<readonly unknown[]> {
  for await (const page of entries(database, queryPrefix)) {
    const found = page.flatMap(({ value }) => savedQuery.safeParse(value).data ?? [])
    const names = await exportedNames(
      database,
      ids,
      found.flatMap(({ text }) => namesInText(text)),
    )
    yield found.map((list) => ({ ...list, text: withNamesInText(list.text, names) }))
  }
}

function entries(database: Database, prefix: Key): AsyncGenerator<readonly KvEntry[]> {
  const store = new PostgresKvStore({ database })
  return readPages<KvEntry>((last) =>
    store.scan(prefix, { limit: pageSize, ...(last && { after: last.key }) }),
  )
}

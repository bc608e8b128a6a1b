import { and, asc, is, not, or, SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { unionAll } from 'drizzle-orm/pg-core'
import { authors, posts, tags } from '../../models/index.ts'
import { describePost, describeTag, type ObjectDescription } from './describe-objects.ts'
import { objectName, parseName, relationName } from './names.ts'
import type { Graph } from './open-graph.ts'
import { isRightSort } from './relate.ts'

export interface CandidateQuestion {
  readonly source: string
  readonly kind: string
  /** Part of a title or an address, in whatever case. */
  readonly query: string
  readonly offset: number
  readonly limit: number
}

export interface CandidatePage {
  readonly candidates: readonly ObjectDescription[]
  readonly hasMore: boolean
}

/** What an object can be related to and is not yet, by title: one page of it. */
export async function findCandidates(
  graph: Graph,
  { source, kind, query, offset, limit }: CandidateQuestion,
): Promise<CandidatePage> {
  const taken = new Set([source, ...(await graph.edges.targets(source, kind))])
  const pool = poolOf(graph, kind)?.filter((name) => !taken.has(name) && isRightSort(kind, name))
  const rows = await search(graph, {
    query,
    ...(pool ? { only: namesByKind(pool) } : {}),
    without: namesByKind([...taken]),
    offset,
    limit: limit + 1,
  })
  return { candidates: rows.slice(0, limit), hasMore: rows.length > limit }
}

/** Undefined when a relation leads anywhere. */
function poolOf({ views }: Graph, kind: string): string[] | undefined {
  const relation = relationName(kind)
  const { database } = views
  if (!database.has('anchored', [relation])) return undefined
  return database
    .rel('candidate')
    .where([relation])
    .map(([, object]) => String(object))
}

interface NamesByKind {
  readonly post: readonly string[]
  readonly tag: readonly string[]
  readonly author: readonly string[]
  /** `type/recipe`. */
  readonly bySlug: readonly string[]
}

function namesByKind(names: readonly string[]): NamesByKind {
  const sorted = {
    post: [] as string[],
    tag: [] as string[],
    author: [] as string[],
    bySlug: [] as string[],
  }
  for (const name of names) {
    const parsed = parseName(name)
    if (parsed && 'id' in parsed) sorted[parsed.kind].push(parsed.id)
    else if (parsed && 'slug' in parsed) sorted.bySlug.push(`${parsed.kind}/${parsed.slug}`)
  }
  return sorted
}

interface Search {
  readonly query: string
  readonly only?: NamesByKind
  readonly without: NamesByKind
  readonly offset: number
  readonly limit: number
}

async function search({ database }: Graph, asked: Search): Promise<ObjectDescription[]> {
  const pattern = `%${asked.query.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const matches = (title: SQL, slug: SQL) =>
    sql`(${title} ilike ${pattern} or ${slug} ilike ${pattern})`
  const slugName = sql`${posts.type} || '/' || ${posts.slug}`
  const { only, without } = asked
  const found = unionAll(
    database
      .select({
        id: sql<string>`${posts.id}`.as('id'),
        kind: sql<string>`${posts.type}`.as('kind'),
        slug: sql<string>`${posts.slug}`.as('slug'),
        title: sql<string>`${posts.title}`.as('title'),
        isPublic: sql<boolean>`${posts.status} = 'published'`.as('is_public'),
      })
      .from(posts)
      .where(
        and(
          matches(sql`${posts.title}`, sql`${posts.slug}`),
          only && or(isAmong(posts.id, only.post), isAmong(slugName, only.bySlug)),
          not(isAmong(posts.id, without.post)),
          not(isAmong(slugName, without.bySlug)),
        ),
      ),
    database
      .select({
        id: sql<string>`${tags.id}`.as('id'),
        kind: sql<string>`'tag'`.as('kind'),
        slug: sql<string>`${tags.slug}`.as('slug'),
        title: sql<string>`${tags.name}`.as('title'),
        isPublic: sql<boolean>`${tags.visibility} = 'public'`.as('is_public'),
      })
      .from(tags)
      .where(
        and(
          matches(sql`${tags.name}`, sql`${tags.slug}`),
          only && isAmong(tags.id, only.tag),
          not(isAmong(tags.id, without.tag)),
        ),
      ),
    database
      .select({
        id: sql<string>`${authors.id}`.as('id'),
        kind: sql<string>`'author'`.as('kind'),
        slug: sql<string>`${authors.slug}`.as('slug'),
        title: sql<string>`${authors.name}`.as('title'),
        isPublic: sql<boolean>`true`.as('is_public'),
      })
      .from(authors)
      .where(
        and(
          matches(sql`${authors.name}`, sql`${authors.slug}`),
          only && isAmong(authors.id, only.author),
          not(isAmong(authors.id, without.author)),
        ),
      ),
  ).as('found')
  const rows = await database
    .select()
    .from(found)
    // What posts are made of is seldom what one looks for.
    .orderBy(
      asc(sql`${found.kind} in ('type', 'relation')`),
      asc(sql`lower(${found.title})`),
      asc(found.id),
    )
    .limit(asked.limit)
    .offset(asked.offset)
  return rows.map(describeRow)
}

/** One parameter, however many there are: a pool may have more objects than a statement may have parameters. */
function isAmong(value: PgColumn | SQL, list: readonly string[]): SQL {
  const type = sql.raw(is(value, SQL) ? 'text[]' : 'uuid[]')
  return sql`${value} = any(${sql.param([...list])}::${type})`
}

interface FoundRow {
  readonly id: string
  readonly kind: string
  readonly slug: string
  readonly title: string
  readonly isPublic: boolean
}

function describeRow({ id, kind, slug, title, isPublic }: FoundRow): ObjectDescription {
  if (kind === 'tag')
    return describeTag({ id, slug, name: title, visibility: isPublic ? 'public' : 'internal' })
  if (kind === 'author')
    return { name: objectName('author', id), kind, title, url: `/author/${slug}/`, isPublic }
  return describePost({
    id,
    type: kind as 'post' | 'page' | 'type' | 'relation',
    slug,
    title,
    isPublic,
  })
}

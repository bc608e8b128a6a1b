import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { authors, type Database, posts, redirects, tags } from '../../models/index.ts'
import { nothingDone, type Outcome } from './outcome.ts'
import { type AddressedPost, permalinkOf } from './permalinks.ts'
import type { SiteRoutes } from './routes-file.ts'
import type { FilteredPost } from './site-filter.ts'

export interface RoutesImport {
  readonly source: string
  readonly routes: SiteRoutes
  /** The site's, or those that it may have: near midnight the day of an address depends on it. */
  readonly timeZones: readonly string[]
}

interface Move {
  readonly from: string
  readonly to: string
}

const pageSize = 500

/** Computes where each post, tag and author of a site was, and leads from there to where it is here. */
export async function importRoutes(database: Database, run: RoutesImport): Promise<Outcome> {
  const { routes } = run
  let outcome: Outcome = { ...nothingDone, warnings: routes.problems }
  const add = async (moves: readonly Move[]) => {
    const { created, updated, unchanged } = await storeMoves(database, moves)
    outcome = {
      ...outcome,
      created: outcome.created + created,
      updated: outcome.updated + updated,
      unchanged: outcome.unchanged + unchanged,
    }
  }
  for await (const page of listPosts(database, run.source)) {
    await add(page.flatMap((post) => movesOfPost(post, run)))
  }
  await add(await movesOfNames(database, run))
  await add(await movesOfFixed(database, run))
  await add(movesOfCollections(routes))
  return outcome
}

interface ListedPost extends AddressedPost, FilteredPost {
  readonly ours: string
}

async function* listPosts(
  database: Database,
  source: string,
): AsyncGenerator<readonly ListedPost[]> {
  let last: string | undefined
  for (;;) {
    const rows = await database
      .select({
        id: sql<string>`${posts.sourceId}`,
        ours: posts.slug,
        slug: sql<string>`coalesce(${posts.sourceExtra} ->> 'slug', ${posts.slug})`,
        publishedAt: sql<Date>`${posts.publishedAt}`.mapWith(posts.publishedAt),
        featured: posts.featured,
        visibility: posts.visibility,
        tags: tagSlugs(),
        primaryTag: sql<string | null>`(${tagSlugs()})[1]`,
        isFirstInternal: sql<boolean>`coalesce((select t.visibility = 'internal' from post_tags pt
          join tags t on t.id = pt.tag_id where pt.post_id = posts.id
          order by pt.sort_order limit 1), false)`,
        authors: sql<string[]>`array(select a.slug from post_authors pa
          join authors a on a.id = pa.author_id where pa.post_id = posts.id order by pa.sort_order)`,
      })
      .from(posts)
      .where(
        and(
          eq(posts.source, source),
          eq(posts.type, 'post'),
          eq(posts.status, 'published'),
          sql`${posts.publishedAt} is not null`,
          last === undefined ? undefined : gt(posts.sourceId, last),
        ),
      )
      .orderBy(asc(posts.sourceId))
      .limit(pageSize)
    if (rows.length === 0) return
    yield rows.map(({ isFirstInternal, primaryTag, ...row }) => ({
      ...row,
      author: row.authors[0],
      // A first tag that is internal means that there is no primary one.
      primaryTag: isFirstInternal ? undefined : (primaryTag ?? undefined),
    }))
    last = rows.at(-1)?.id
  }
}

function tagSlugs() {
  return sql<string[]>`array(select t.slug from post_tags pt join tags t on t.id = pt.tag_id
    where pt.post_id = posts.id order by pt.sort_order)`
}

/** A post lives in the first collection that takes it. */
function movesOfPost(post: ListedPost, { routes, timeZones }: RoutesImport): readonly Move[] {
  const home = routes.collections.find(({ filter }) => !filter || filter(post))
  if (!home) return []
  return timeZones.map((timeZone) => ({
    from: permalinkOf(home.permalink, post, timeZone),
    to: `/${post.ours}/`,
  }))
}

async function movesOfNames(
  database: Database,
  { source, routes }: RoutesImport,
): Promise<readonly Move[]> {
  const moves: Move[] = []
  for (const [table, permalink, folder] of [
    [tags, routes.tagPath, 'tag'],
    [authors, routes.authorPath, 'author'],
  ] as const) {
    if (permalink === undefined) continue
    const rows = await database
      .select({ id: table.sourceId, slug: table.slug })
      .from(table)
      .where(
        and(eq(table.source, source), table === tags ? eq(tags.visibility, 'public') : undefined),
      )
    for (const { id, slug } of rows) {
      const named = { id: id ?? '', slug, publishedAt: new Date(0) }
      const from = permalinkOf(permalink, { ...named, author: slug, primaryTag: slug }, 'UTC')
      moves.push({ from, to: `/${folder}/${slug}/` })
    }
  }
  return moves
}

async function movesOfFixed(
  database: Database,
  { source, routes }: RoutesImport,
): Promise<readonly Move[]> {
  const slugs = routes.fixed.filter(({ kind }) => kind === 'page' || kind === 'post')
  const named = slugs.map(({ slug }) => slug)
  const rows =
    named.length === 0
      ? []
      : await database
          .select({ slug: posts.slug, was: sql<string>`${posts.sourceExtra} ->> 'slug'` })
          .from(posts)
          .where(and(eq(posts.source, source), inArray(posts.slug, named)))
  const here = new Set(rows.map(({ slug }) => slug))
  return routes.fixed.flatMap(({ path, kind, slug }) => {
    if (kind === 'tag' || kind === 'author') return [{ from: path, to: `/${kind}/${slug}/` }]
    return here.has(slug) ? [{ from: path, to: `/${slug}/` }] : []
  })
}

/** The front pages of collections. */
function movesOfCollections({ collections }: SiteRoutes): readonly Move[] {
  return collections
    .filter(({ path }) => path !== '/')
    .map(({ path, tag }) => ({ from: path, to: tag ? `/tag/${tag}/` : '/' }))
}

/** An address that is one of ours by now is left alone. */
async function storeMoves(
  database: Database,
  all: readonly Move[],
): Promise<{ readonly created: number; readonly updated: number; readonly unchanged: number }> {
  const moves = new Map(all.filter(({ from, to }) => from !== to).map((move) => [move.from, move]))
  if (moves.size === 0) return { created: 0, updated: 0, unchanged: 0 }
  const slugs = [...moves.keys()].flatMap((from) => /^\/([^/]+)\/$/.exec(from)?.[1] ?? [])
  const taken =
    slugs.length === 0
      ? []
      : await database
          .select({ slug: posts.slug })
          .from(posts)
          .where(and(inArray(posts.slug, slugs), eq(posts.status, 'published')))
  for (const { slug } of taken) moves.delete(`/${slug}/`)
  if (moves.size === 0) return { created: 0, updated: 0, unchanged: 0 }
  const rows = [...moves.values()].map(({ from, to }) => ({ fromPath: from, toPath: to }))
  const stored = await database
    .insert(redirects)
    .values(rows)
    .onConflictDoUpdate({
      target: redirects.fromPath,
      set: { toPath: sql`excluded.to_path` },
      setWhere: sql`${redirects.toPath} is distinct from excluded.to_path`,
    })
    .returning({ isNew: sql<boolean>`xmax = 0` })
  const created = stored.filter(({ isNew }) => isNew).length
  return { created, updated: stored.length - created, unchanged: rows.length - stored.length }
}

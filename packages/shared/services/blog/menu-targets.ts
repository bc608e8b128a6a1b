import { and, asc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { AppName } from '../../contracts/apps.ts'
import type { MenuTarget, MenuTargetKind } from '../../contracts/blog.ts'
import { posts } from '../../models/blog.ts'
import { calendars } from '../../models/events.ts'
import { marketPlaces } from '../../models/market.ts'
import { tags } from '../../models/tags.ts'
import type { ServiceDependencies } from '../registry.ts'
import { type MenuAddress, menuTargetKinds } from './menu-addresses.ts'
import { hasFeature } from './page-features.ts'

type Dependencies = Pick<ServiceDependencies, 'database' | 'publicUrls'>

/** What was found at some addresses. */
export interface FoundTargets {
  find(address: MenuAddress): MenuTarget | undefined
  /** Only by id. */
  get(kind: MenuTargetKind, id: string): MenuTarget | undefined
}

/** Wanted by id and by slug; a page wins over a post of the same slug. At most one query a kind. */
export async function readMenuTargets(
  dependencies: Dependencies,
  addresses: readonly MenuAddress[],
): Promise<FoundTargets> {
  const wanted = (kind: MenuTargetKind) => ({
    ids: addresses.flatMap((one) => (one.by === 'id' && one.kind === kind ? [one.id] : [])),
    slugs: addresses.flatMap((one) => (one.by === 'slug' && one.kind === kind ? [one.slug] : [])),
  })
  const lists = await Promise.all(
    menuTargetKinds.map(async (kind) => {
      const { ids, slugs } = wanted(kind)
      if (ids.length + slugs.length === 0) return []
      const { id, slug } = columnsOf[kind]
      const condition = or(
        ids.length > 0 ? inArray(id, ids) : undefined,
        slugs.length > 0 ? inArray(slug, slugs) : undefined,
      )
      return queryMenuTargets(dependencies, { kind, condition, limit: 1000 })
    }),
  )
  const found = lists.flat()
  const byId = new Map(found.map((one) => [`${one.kind} ${one.id}`, one]))
  // Backwards, so that a page is the last to be put there.
  const bySlug = new Map(found.toReversed().map((one) => [`${one.kind} ${one.slug}`, one]))
  return {
    find(address) {
      if (address.by === 'id') return byId.get(`${address.kind} ${address.id}`)
      if (address.by === 'slug') return bySlug.get(`${address.kind} ${address.slug}`)
      return undefined
    },
    get: (kind, id) => byId.get(`${kind} ${id}`),
  }
}

export const columnsOf = {
  post: { id: posts.id, slug: posts.slug, title: posts.title },
  tag: { id: tags.id, slug: tags.slug, title: tags.name },
  market: { id: marketPlaces.id, slug: marketPlaces.slug, title: marketPlaces.name },
  calendar: { id: calendars.id, slug: calendars.slug, title: calendars.name },
} as const

interface TargetQuery {
  readonly kind: MenuTargetKind
  readonly condition: SQL | undefined
  readonly limit: number
  /** By title, unless given. */
  readonly order?: SQL
}

export type SluggedTarget = MenuTarget & { readonly slug: string }

/** One query. Pages come before posts. */
export async function queryMenuTargets(
  { database, publicUrls }: Dependencies,
  { kind, condition, limit, order }: TargetQuery,
): Promise<readonly SluggedTarget[]> {
  const on = (app: AppName, path: string) => publicUrls[app] + path
  if (kind === 'post') {
    const { id, slug, title, type, status } = posts
    const rows = await database
      .select({ id, slug, title, type, status })
      .from(posts)
      .where(and(inArray(posts.type, ['page', 'post']), condition))
      .orderBy(asc(posts.type), order ?? asc(posts.title))
      .limit(limit)
    return rows.map((row) => ({
      kind,
      id: row.id,
      slug: row.slug,
      title: row.title,
      isPage: row.type === 'page',
      url: on('blog', `/${row.slug}/`),
      isPublic: row.status === 'published',
    }))
  }
  if (kind === 'tag') {
    const { id, slug, name, visibility } = tags
    const rows = await database
      .select({ id, slug, title: name, visibility })
      .from(tags)
      .where(condition)
      .orderBy(order ?? asc(name))
      .limit(limit)
    return rows.map(({ visibility: seenBy, ...row }) => ({
      ...row,
      kind,
      isPage: false,
      url: on('blog', `/tag/${row.slug}/`),
      isPublic: seenBy === 'public',
    }))
  }
  const table = kind === 'market' ? marketPlaces : calendars
  const rows = await database
    .select({
      id: table.id,
      slug: table.slug,
      title: table.name,
      pageSlug: posts.slug,
      isPublic: sql<boolean>`${posts.status} = 'published' and ${hasFeature(kind)}`,
    })
    .from(table)
    .innerJoin(posts, and(eq(posts.id, table.containerId), eq(posts.type, 'page')))
    .where(and(isNull(table.deletedAt), condition))
    .orderBy(order ?? asc(table.name))
    .limit(limit)
  return rows.map(({ pageSlug, ...row }) => ({
    ...row,
    kind,
    isPage: false,
    url:
      kind === 'market'
        ? on('market', `/${pageSlug}/${row.slug}/`)
        : on('events', `/${pageSlug}/calendars/${row.slug}/`),
  }))
}

import type { AppName } from '@rose-ash/shared/contracts/apps'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { type Database, menuNodes, posts, tags } from '../../models/index.ts'
import { derivedId } from './ghost-ids.ts'

/** What an export says of the site, and where its parts are. */
export interface ExportedSite {
  readonly title: string
  /** Public addresses without a slash at the end. */
  readonly publicUrls: Readonly<Record<AppName, string>>
  readonly timeZone: string
}

/** No menu that people can use is longer. */
const menuLimit = 100

/** What everybody can see of the site. Nothing else is a setting here. */
export async function settingRows(
  database: Database,
  { title, publicUrls, timeZone }: ExportedSite,
): Promise<readonly Record<string, unknown>[]> {
  const nodes = await database
    .select({ label: menuNodes.label, app: menuNodes.app, path: menuNodes.path })
    .from(menuNodes)
    .where(and(eq(menuNodes.containerType, ''), isNull(menuNodes.parentId)))
    .orderBy(asc(menuNodes.sortOrder), asc(menuNodes.label), asc(menuNodes.id))
    .limit(menuLimit)
  const places = await findPlaces(database, nodes)
  const navigation = nodes.flatMap(({ label, app, path }) => {
    const place = app === 'blog' && permanent.test(path) ? places.get(path) : path
    return place === undefined ? [] : [{ label, url: addressOf({ app, path: place }, publicUrls) }]
  })
  return [
    setting('title', title),
    setting('timezone', timeZone),
    ...(navigation.length > 0 ? [setting('navigation', JSON.stringify(navigation), 'array')] : []),
  ]
}

/** What follows a post or a tag when it moves. Only this site knows such addresses. */
const permanent = /^\/go\/(post|tag)\/([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\/$/

/** Where permanent addresses lead now; those of what nobody may read are missing. */
async function findPlaces(
  database: Database,
  nodes: readonly { readonly path: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = { post: [] as string[], tag: [] as string[] }
  for (const { path } of nodes) {
    const [, kind, id] = permanent.exec(path) ?? []
    if (kind && id) ids[kind as 'post' | 'tag'].push(id)
  }
  const found = await database
    .select({ id: posts.id, slug: posts.slug })
    .from(posts)
    .where(and(inArray(posts.id, ids.post), eq(posts.status, 'published')))
  const named = await database
    .select({ id: tags.id, slug: tags.slug })
    .from(tags)
    .where(inArray(tags.id, ids.tag))
  return new Map([
    ...found.map(({ id, slug }) => [`/go/post/${id}/`, `/${slug}/`] as const),
    ...named.map(({ id, slug }) => [`/go/tag/${id}/`, `/tag/${slug}/`] as const),
  ])
}

/** Of an entry of a menu. Those of the blog itself begin with a slash. */
export function addressOf(
  { app, path }: { readonly app: string; readonly path: string },
  publicUrls: Readonly<Record<string, string>>,
): string {
  return app === '' || app === 'blog' ? path : `${publicUrls[app] ?? ''}${path}`
}

function setting(key: string, value: string, type = 'string') {
  return { id: derivedId('setting', key), group: 'site', key, value, type, flags: 'PUBLIC' }
}

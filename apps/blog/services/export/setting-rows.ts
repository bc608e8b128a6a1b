import type { AppName } from '@rose-ash/shared/contracts/apps'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { type Database, menuNodes } from '../../models/index.ts'
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
  const navigation = nodes.map(({ label, app, path }) => ({
    label,
    url: addressOf({ app, path }, publicUrls),
  }))
  return [
    setting('title', title),
    setting('timezone', timeZone),
    ...(navigation.length > 0 ? [setting('navigation', JSON.stringify(navigation), 'array')] : []),
  ]
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

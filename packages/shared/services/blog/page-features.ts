import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { FeatureSwitch, HangingThing, PageFeature } from '../../contracts/blog.ts'
import { ConflictError } from '../../contracts/errors.ts'
import { posts } from '../../models/blog.ts'
import type { Queryable } from '../../models/database.ts'
import { calendars } from '../../models/events.ts'
import { marketPlaces } from '../../models/market.ts'
import { pageFeatures } from '../../models/navigation.ts'
import type { ServiceDependencies } from '../registry.ts'

export async function readFeatures(
  database: Queryable,
  pageId: string,
): Promise<readonly PageFeature[]> {
  const rows = await database
    .select({ feature: pageFeatures.feature })
    .from(pageFeatures)
    .where(eq(pageFeatures.pageId, pageId))
    .orderBy(asc(pageFeatures.feature))
  return rows.map(({ feature }) => feature)
}

/** Of a row of `posts`. */
export function hasFeature(feature: PageFeature): SQL<boolean> {
  const { pageId, feature: name } = pageFeatures
  return sql`exists (select 1 from ${pageFeatures}
    where ${pageId} = ${posts.id} and ${name} = ${feature})`
}

const words: Readonly<Record<PageFeature, string>> = {
  calendar: 'Calendars',
  market: 'Market places',
}

/**
 * Throws ConflictError when it is off. In a transaction that goes on to make the calendar or the market place
 * nobody switches it off until that is committed.
 */
export async function assertPageFeature(
  database: Queryable,
  { pageId, feature }: Pick<FeatureSwitch, 'pageId' | 'feature'>,
): Promise<void> {
  const [row] = await database
    .select({ feature: pageFeatures.feature })
    .from(pageFeatures)
    .where(and(eq(pageFeatures.pageId, pageId), eq(pageFeatures.feature, feature)))
    .for('share')
  if (!row) throw new ConflictError(`${words[feature]} are not switched on for this page.`)
}

/** All that hangs on a page; two queries. */
export async function readHanging(
  { publicUrls }: Pick<ServiceDependencies, 'publicUrls'>,
  database: Queryable,
  pageId: string,
): Promise<readonly HangingThing[]> {
  const [markets, calendarRows] = [
    await readThings(database, marketPlaces, pageId),
    await readThings(database, calendars, pageId),
  ]
  return [
    ...markets.map(({ name, slug, pageSlug }) => ({
      feature: 'market' as const,
      name,
      url: `${publicUrls.market}/${pageSlug}/${slug}/`,
    })),
    ...calendarRows.map(({ name, slug, pageSlug }) => ({
      feature: 'calendar' as const,
      name,
      url: `${publicUrls.events}/${pageSlug}/calendars/${slug}/`,
    })),
  ]
}

function readThings(
  database: Queryable,
  table: typeof marketPlaces | typeof calendars,
  pageId: string,
) {
  return database
    .select({ name: table.name, slug: table.slug, pageSlug: posts.slug })
    .from(table)
    .innerJoin(posts, eq(posts.id, table.containerId))
    .where(
      and(eq(table.containerType, 'page'), eq(table.containerId, pageId), isNull(table.deletedAt)),
    )
    .orderBy(asc(table.sortOrder), asc(table.name))
}

export async function switchPageFeature(
  dependencies: Pick<ServiceDependencies, 'database' | 'publicUrls'>,
  { pageId, feature, isOn, userId }: FeatureSwitch,
): Promise<void> {
  const ofPage = and(eq(pageFeatures.pageId, pageId), eq(pageFeatures.feature, feature))
  await dependencies.database.transaction(async (transaction) => {
    if (isOn) {
      await transaction
        .insert(pageFeatures)
        .values({ pageId, feature, switchedOnBy: userId })
        .onConflictDoNothing()
      return
    }
    await transaction.execute(sql`select 1 from page_features where ${ofPage} for update`)
    const hanging = await readHanging(dependencies, transaction, pageId)
    const inTheWay = hanging.filter((one) => one.feature === feature).map(({ name }) => `“${name}”`)
    if (inTheWay.length > 0)
      throw new ConflictError(
        `${words[feature]} stay switched on while some hang on this page: ${inTheWay.join(', ')}.`,
      )
    await transaction.delete(pageFeatures).where(ofPage)
  })
}

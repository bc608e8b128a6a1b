import { and, asc, isNull, type SQL } from 'drizzle-orm'
import type { BlogService, PageContainer } from '../../contracts/blog.ts'
import type { MarketPlace } from '../../contracts/market.ts'
import type { Database } from '../../models/database.ts'
import { marketPlaces } from '../../models/market.ts'
import { relations } from '../../models/relations.ts'
import { isRelationOf, placeAmongSiblings } from '../relations/place.ts'

const columns = {
  id: marketPlaces.id,
  slug: marketPlaces.slug,
  name: marketPlaces.name,
  summary: marketPlaces.summary,
  descriptionHtml: marketPlaces.descriptionHtml,
  image: marketPlaces.image,
  imageAlt: marketPlaces.imageAlt,
  containerId: marketPlaces.containerId,
}

/** In their own order. A market place whose page is not published, or has none switched on, is not there. */
export type ReadMarketPlaces = (condition?: SQL) => Promise<readonly MarketPlace[]>

export function createReadMarketPlaces(
  database: Database,
  blog: Pick<BlogService, 'findPagesByIds'>,
): ReadMarketPlaces {
  return async (condition) => {
    const rows = await database
      .select(columns)
      .from(marketPlaces)
      .leftJoin(relations, isRelationOf('page->market', marketPlaces.id))
      .where(and(isNull(marketPlaces.deletedAt), condition))
      .orderBy(asc(placeAmongSiblings(marketPlaces.sortOrder)), asc(marketPlaces.name))
    const containerIds = [...new Set(rows.map((row) => row.containerId))]
    const pages = await blog.findPagesByIds(containerIds, 'market')
    const pageById = new Map(pages.map((page) => [page.id, page]))
    return rows.flatMap((row) => {
      const page = pageById.get(row.containerId)
      return page ? [toMarketPlace(row, page)] : []
    })
  }
}

interface MarketPlaceRow {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly summary: string
  readonly descriptionHtml: string
  readonly image: string | null
  readonly imageAlt: string | null
}

function toMarketPlace(row: MarketPlaceRow, page: PageContainer): MarketPlace {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    summary: row.summary,
    descriptionHtml: row.descriptionHtml,
    image: row.image === null ? null : { src: row.image, alt: row.imageAlt ?? '' },
    container: page,
    path: `/${page.slug}/${row.slug}/`,
  }
}

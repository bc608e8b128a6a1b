import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { Category, MarketPlace, ProductList } from '@rose-ash/shared/contracts/market'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import { type ProductCard, toProductCard } from '../product/card.ts'
import { listUrl } from './addresses.ts'
import type { ListQuery } from './schemas.ts'

/** A multiple of 2, 3 and 4, so that the last row is full. */
export const pageSize = 24

export interface ListInput {
  /** Of the list: `/` or `/shop/bakery/`. */
  readonly path: string
  readonly query: ListQuery
  readonly list: ProductList
  readonly categories: readonly Category[]
  /** Named above their products; none where there is only one. */
  readonly places: readonly MarketPlace[]
  readonly formats: Formats
}

/** What the partial `product-list` shows. */
export interface ShownList {
  readonly path: string
  readonly search: string
  readonly category: string
  readonly totalCount: number
  readonly isNarrowed: boolean
  readonly allUrl: string
  readonly categories: readonly {
    readonly label: string
    readonly url: string
    readonly isCurrent: boolean
  }[]
  readonly groups: readonly ProductGroup[]
  readonly pagination: Pagination
}

interface ProductGroup {
  readonly id: string
  readonly name: string
  readonly place: { readonly name: string; readonly url: string } | null
  readonly products: ProductCard[]
}

/** What the partial `pagination` shows. */
interface Pagination {
  readonly pageNumber: number
  readonly pageCount: number
  readonly previousUrl: string | null
  readonly nextUrl: string | null
  readonly previousLabel: string
  readonly nextLabel: string
}

/** Throws NotFoundError past the last page. */
export function describeList(input: ListInput): ShownList {
  const { path, query, list, categories } = input
  const pageCount = Math.max(1, Math.ceil(list.totalCount / pageSize))
  if (query.page > pageCount) throw new NotFoundError(`This list ends with page ${pageCount}.`)
  const url = (change: Partial<ListQuery>) => listUrl(path, { ...query, page: 1, ...change })
  return {
    path,
    search: query.q,
    category: query.category,
    totalCount: list.totalCount,
    isNarrowed: query.q !== '' || query.category !== '',
    allUrl: path,
    categories: [
      { label: 'All', url: url({ category: '' }), isCurrent: query.category === '' },
      ...categories.map(({ slug, name }) => ({
        label: name,
        url: url({ category: slug }),
        isCurrent: slug === query.category,
      })),
    ],
    groups: groupProducts(input),
    pagination: {
      pageNumber: query.page,
      pageCount,
      previousUrl: query.page > 1 ? url({ page: query.page - 1 }) : null,
      nextUrl: query.page < pageCount ? url({ page: query.page + 1 }) : null,
      previousLabel: 'Back',
      nextLabel: 'More',
    },
  }
}

/** The list is in order of market place and category already, so neighbours belong together. */
function groupProducts({ list, places, formats }: ListInput): readonly ProductGroup[] {
  const placeById = new Map(places.map((place) => [place.id, place]))
  const groups = new Map<string, ProductGroup>()
  for (const product of list.products) {
    const place = placeById.get(product.marketPlaceId)
    const id = [place?.slug, product.category.slug].filter(Boolean).join('-')
    const group = groups.get(id) ?? {
      id,
      name: product.category.name,
      place: place ? { name: place.name, url: place.path } : null,
      products: [],
    }
    group.products.push(toProductCard(product, formats))
    groups.set(id, group)
  }
  return [...groups.values()]
}

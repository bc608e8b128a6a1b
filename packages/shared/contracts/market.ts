import type { PageContainer } from './blog.ts'
import type { Container, Image } from './container.ts'

/** A shop inside the market, as long as the page that it hangs on is published and has market places switched on. */
export interface MarketPlace {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly summary: string
  /** Safe HTML. */
  readonly descriptionHtml: string
  readonly image: Image | null
  readonly container: PageContainer
  /** Path on the market: `/shop/bakery/`. */
  readonly path: string
}

/** A product as the cart and other services need it. Prices are in minor units and include VAT. */
export interface Product {
  readonly id: string
  readonly marketPlaceId: string
  readonly slug: string
  readonly title: string
  readonly summary: string
  readonly unitLabel: string
  readonly pricePence: number
  readonly currency: string
  /** Per cent. */
  readonly vatRate: number
  /** Null: not counted. */
  readonly stock: number | null
  readonly image: Image | null
  /** Path on the market: `/shop/bakery/seeded-loaf/`. */
  readonly path: string
}

/** What one kilogram, litre or item of a product costs, rounded to the penny, half up. */
export interface UnitPrice {
  readonly pricePence: number
  readonly unit: 'kg' | 'litre' | 'item'
}

/** A product as the shop's own lists need it. */
export interface ListedProduct extends Product {
  readonly category: { readonly slug: string; readonly name: string }
  /** Null where it would say nothing new, and where nobody has measured. */
  readonly unitPrice: UnitPrice | null
}

export interface ProductDetails extends ListedProduct {
  /** Safe HTML. */
  readonly descriptionHtml: string
}

/** Market places may share a category: it is the slug that counts. */
export interface Category {
  readonly slug: string
  readonly name: string
  readonly productCount: number
}

export interface ProductQuery {
  /** A market place's slug. */
  readonly marketPlace?: string | undefined
  /** A category's slug. */
  readonly category?: string | undefined
  /** Words of which the title must hold each, in any order and case. */
  readonly search?: string | undefined
}

export interface ProductList {
  readonly products: readonly ListedProduct[]
  /** Of all pages. */
  readonly totalCount: number
}

export interface MarketService {
  /** Products on sale, in the order of `ids`; those that are gone are left out. */
  findProducts(ids: readonly string[]): Promise<readonly Product[]>
  findProductBySlug(marketPlaceSlug: string, slug: string): Promise<ProductDetails | undefined>
  /** Products on sale, by market place, category and their own order. `page` counts from 1. */
  listProducts(
    query: ProductQuery,
    page: { readonly page: number; readonly pageSize: number },
  ): Promise<ProductList>
  /** Others of the same category of the same market place, those in stock first. */
  findRelatedProducts(product: ListedProduct, limit: number): Promise<readonly ListedProduct[]>
  findMarketPlaces(container: Container): Promise<readonly MarketPlace[]>
  findMarketPlaceBySlug(slug: string): Promise<MarketPlace | undefined>
  listMarketPlaces(): Promise<readonly MarketPlace[]>
  /** Categories with something on sale, of one market place or of all. */
  listCategories(marketPlaceSlug?: string): Promise<readonly Category[]>
}

import type { ListedProduct, UnitPrice } from '@rose-ash/shared/contracts/market'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'

/** What the partial `product-card` shows. */
export interface ProductCard extends Pick<
  ListedProduct,
  'id' | 'title' | 'image' | 'pricePence' | 'currency' | 'unitLabel'
> {
  readonly url: string
  /** The price per kilogram or litre. */
  readonly note: string | null
  readonly regularPricePence: null
  readonly badge: string | null
  readonly addUrl: string | null
}

/** From so many on nobody needs to hurry. */
const lowStock = 5

export function toProductCard(product: ListedProduct, formats: Formats): ProductCard {
  const { id, title, image, pricePence, currency, unitLabel, unitPrice, path, stock } = product
  return {
    id,
    title,
    image,
    pricePence,
    currency,
    unitLabel,
    note: unitPrice && describeUnitPrice(unitPrice, currency, formats),
    url: path,
    regularPricePence: null,
    badge: badgeOf(stock),
    addUrl: stock === 0 ? null : `${path}add`,
  }
}

/** `£5.25 per kg` */
export function describeUnitPrice(
  { pricePence, unit }: UnitPrice,
  currency: string,
  formats: Formats,
): string {
  return `${formats.money(pricePence, currency)} per ${unit}`
}

export function isLow(stock: number | null): boolean {
  return stock !== null && stock > 0 && stock <= lowStock
}

function badgeOf(stock: number | null): string | null {
  if (stock === 0) return 'Sold out'
  return isLow(stock) ? `Only ${stock} left` : null
}

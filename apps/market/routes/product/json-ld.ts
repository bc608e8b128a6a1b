import type { MarketPlace, ProductDetails } from '@rose-ash/shared/contracts/market'

/**
 * The product for search engines (https://schema.org/Product), for a data block of the page. Nothing
 * in it can end the block early.
 */
export function toJsonLd(product: ProductDetails, place: MarketPlace, publicUrl: string): string {
  const url = publicUrl + product.path
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    description: product.summary,
    sku: product.id,
    category: product.category.name,
    url,
    ...(product.image ? { image: new URL(product.image.src, publicUrl).href } : {}),
    offers: {
      '@type': 'Offer',
      url,
      price: `${Math.floor(product.pricePence / 100)}.${String(product.pricePence % 100).padStart(2, '0')}`,
      priceCurrency: product.currency,
      availability: `https://schema.org/${product.stock === 0 ? 'OutOfStock' : 'InStock'}`,
      seller: { '@type': 'Organization', name: place.name },
    },
  }
  return JSON.stringify(data).replaceAll('<', String.raw`\u003c`)
}

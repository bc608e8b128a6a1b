import type { DemoImage, DemoMeasure, DemoProduct } from '../../shapes.ts'

/** A product as it is written down here; `completeProduct` adds what all of them share. */
export interface ProductSource {
  readonly slug: string
  readonly title: string
  readonly summary: string
  /** Plain paragraphs; `*word*` is emphasised. */
  readonly description: readonly string[]
  readonly pricePence: number
  readonly unitLabel: string
  readonly measure: DemoMeasure
  readonly categorySlug: string
  readonly imageAlt: string
  /** 0 where not given, as for most food. */
  readonly vatRatePercent?: 20
  /** Null, nobody counts, where not given. */
  readonly stockCount?: number
}

export function grams(amount: number): DemoMeasure {
  return { amount, unit: 'g' }
}

export function millilitres(amount: number): DemoMeasure {
  return { amount, unit: 'ml' }
}

export function items(amount: number): DemoMeasure {
  return { amount, unit: 'item' }
}

export function completeProduct(source: ProductSource, sortOrder: number): DemoProduct {
  const stockCount = source.stockCount ?? null
  return {
    slug: source.slug,
    title: source.title,
    summary: source.summary,
    descriptionHtml: source.description.map(paragraph).join(''),
    pricePence: source.pricePence,
    currency: 'GBP',
    unitLabel: source.unitLabel,
    measure: source.measure,
    categorySlug: source.categorySlug,
    image: marketImage(source.slug, source.imageAlt),
    vatRatePercent: source.vatRatePercent ?? 0,
    inStock: stockCount !== 0,
    stockCount,
    sortOrder,
  }
}

function marketImage(slug: string, alt: string): DemoImage {
  return { file: `market/images/${slug}.webp`, alt, width: 800, height: 800 }
}

/** A paragraph of plain text as safe HTML. */
export function paragraph(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<p>${escaped.replaceAll(/\*([^*]+)\*/g, '<em>$1</em>')}</p>`
}

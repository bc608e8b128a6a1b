import type { CartContents, CartLine, RemovedCartLine } from '@rose-ash/shared/contracts/cart'
import type { Image } from '@rose-ash/shared/contracts/container'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'

interface Input {
  readonly contents: CartContents
  readonly removed: RemovedCartLine | undefined
  readonly formats: Formats
  readonly marketUrl: string
}

/** What `pages/cart` shows. */
export interface ShownCart {
  readonly lines: readonly ShownLine[]
  readonly itemCount: number
  readonly totalPence: number
  readonly currency: string
  readonly vat: readonly { readonly label: string; readonly pence: number }[]
  readonly goneCount: number
  readonly marketUrl: string
  readonly removed: { readonly title: string; readonly restoreUrl: string } | null
}

export interface ShownLine {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly image: Image | null
  readonly unitLabel: string
  readonly pricePence: number
  readonly currency: string
  readonly quantity: number
  readonly isSoldOut: boolean
  /** The largest quantity that can be had. */
  readonly most: number
  readonly totalPence: number
  readonly setUrl: string
  readonly removeUrl: string
  /** What has become different since the buyer chose, in whole sentences. */
  readonly changes: readonly string[]
}

export function describeCart({ contents, removed, formats, marketUrl }: Input): ShownCart {
  const { lines, itemCount, totalPence, currency, vat, goneCount } = contents
  return {
    lines: lines.map((line) => describeLine(line, formats, marketUrl)),
    itemCount,
    totalPence,
    currency,
    vat: vat.map(({ ratePercent, grossPence, vatPence }) => ({
      label: `VAT at ${ratePercent}% on ${formats.money(grossPence, currency)}`,
      pence: vatPence,
    })),
    goneCount,
    marketUrl: `${marketUrl}/`,
    removed: removed ? { title: removed.title, restoreUrl: `/items/${removed.id}/restore` } : null,
  }
}

function describeLine(line: CartLine, formats: Formats, marketUrl: string): ShownLine {
  const { id, product, quantity, totalPence } = line
  return {
    id,
    title: product.title,
    url: marketUrl + product.path,
    image: product.image,
    unitLabel: product.unitLabel,
    pricePence: product.pricePence,
    currency: product.currency,
    quantity,
    isSoldOut: quantity === 0,
    most: product.stock ?? 999,
    totalPence,
    setUrl: `/items/${id}`,
    removeUrl: `/items/${id}/remove`,
    changes: changesOf(line, formats),
  }
}

function changesOf(line: CartLine, formats: Formats): readonly string[] {
  const { product, quantity, wantedQuantity, previousPricePence } = line
  const changes: string[] = []
  if (quantity === 0) {
    changes.push('Sold out since you added it. It is not in your total.')
  } else if (quantity < wantedQuantity) {
    changes.push(
      `You wanted ${wantedQuantity}; there ${quantity === 1 ? 'is' : 'are'} only ${quantity} left.`,
    )
  }
  if (previousPricePence !== null) {
    const before = formats.money(previousPricePence, product.currency)
    const now = formats.money(product.pricePence, product.currency)
    changes.push(`The price was ${before} when you added it, and is ${now} now.`)
  }
  return changes
}

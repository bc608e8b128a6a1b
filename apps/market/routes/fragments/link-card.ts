import type { MarketService } from '@rose-ash/shared/contracts/market'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly render: Render
  readonly market: MarketService
  readonly publicUrl: string
  readonly formats: Formats
}

const productPath = /^\/[^/]+\/([^/]+)\/([^/]+)\/?$/

/** `path` is a product's page here: whoever finds its address in a text need not take it apart. */
const parameters = z.object({ path: z.string().max(600).regex(productPath) })

/** A product as a compact card. */
export function createLinkCard(options: Options): FragmentProvider {
  const { render, market, publicUrl, formats } = options
  return defineFragment(parameters, async ({ path }) => {
    const [, place = '', slug = ''] = productPath.exec(path) ?? []
    const product = await market.findProductBySlug(place, slug)
    if (!product) return ''
    return render('partials/link-card', {
      url: publicUrl + product.path,
      title: product.title,
      kind: 'Market',
      note: product.summary || null,
      image: product.image,
      price: `${formats.money(product.pricePence, product.currency)} ${product.unitLabel}`,
    })
  })
}

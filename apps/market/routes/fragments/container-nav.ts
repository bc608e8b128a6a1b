import type { MarketService } from '@rose-ash/shared/contracts/market'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly render: Render
  readonly market: MarketService
  /** The market's own address, since the links are shown on other apps. */
  readonly publicUrl: string
}

const parameters = z.object({ containerType: z.literal('page'), containerId: z.uuid() })

/** The market places of a page. */
export function createContainerNav({ render, market, publicUrl }: Options): FragmentProvider {
  return defineFragment(parameters, async ({ containerType, containerId }) => {
    const places = await market.findMarketPlaces({ type: containerType, id: containerId })
    if (places.length === 0) return ''
    return render('partials/container-nav', {
      items: places.map(({ name, path }) => ({ label: name, url: publicUrl + path, icon: 'cart' })),
    })
  })
}

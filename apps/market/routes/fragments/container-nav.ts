import type { MarketService } from '@rose-ash/shared/contracts/market'
import type { RelationsService } from '@rose-ash/shared/contracts/relations'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly render: Render
  readonly market: MarketService
  readonly relations: Pick<RelationsService, 'children'>
  /** The market's own address, since the links are shown on other apps. */
  readonly publicUrl: string
}

const parameters = z.object({ containerType: z.literal('page'), containerId: z.uuid() })

/** The market places of a page, by the names that the page has for them. */
export function createContainerNav({
  render,
  market,
  relations,
  publicUrl,
}: Options): FragmentProvider {
  return defineFragment(parameters, async ({ containerType, containerId }) => {
    const container = { type: containerType, id: containerId }
    const [places, attached] = await Promise.all([
      market.findMarketPlaces(container),
      relations.children(container, { relationType: 'page->market' }),
    ])
    const labels = new Map(attached.map(({ to, label }) => [to.id, label]))
    if (places.length === 0) return ''
    return render('partials/container-nav', {
      items: places.map(({ id, name, path }) => ({
        label: labels.get(id) ?? name,
        url: publicUrl + path,
        icon: 'cart',
      })),
    })
  })
}

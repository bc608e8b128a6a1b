import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { MarketService } from '@rose-ash/shared/contracts/market'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'
import { listUrl } from './addresses.ts'
import { describeList, pageSize } from './describe-list.ts'
import { type ListQuery, parseListQuery, placeParams } from './schemas.ts'

interface Options {
  readonly market: MarketService
  readonly page: PageRenderer
  readonly formats: Formats
}

/** `/`: everything on sale. `/<page>/<market>/`: one market place. */
export async function listingRoutes(
  app: FastifyInstance,
  { market, page, formats }: Options,
): Promise<void> {
  app.get('/', async (request, reply) => {
    const query = parseListQuery(request.query)
    const [places, categories, list] = await Promise.all([
      market.listMarketPlaces(),
      market.listCategories(),
      readProducts(query),
    ])
    return page(request, reply, {
      template: 'pages/shop',
      title: titleOf('Market', query),
      description: 'What our members bake, brew, grow and make, and where it comes from.',
      canonicalPath: listUrl('/', query),
      isPrivate: query.q !== '',
      data: {
        places: places.map(({ name, summary, path, image }) => ({
          name,
          summary,
          url: path,
          image,
        })),
        list: describeList({ path: '/', query, list, categories, places, formats }),
      },
    })
  })

  app.get('/:page/:market/', async (request, reply) => {
    const params = placeParams.safeParse(request.params)
    const place = params.success
      ? await market.findMarketPlaceBySlug(params.data.market)
      : undefined
    if (!place) throw new NotFoundError('There is no such shop here. It may have moved.')
    if (params.data?.page !== place.container.slug) return reply.redirect(place.path, 301)

    const query = parseListQuery(request.query)
    const [categories, list] = await Promise.all([
      market.listCategories(place.slug),
      readProducts(query, place.slug),
    ])
    return page(request, reply, {
      template: 'pages/market-place',
      title: titleOf(place.name, query),
      ...(place.summary ? { description: place.summary } : {}),
      ...(place.image ? { image: place.image.src } : {}),
      canonicalPath: listUrl(place.path, query),
      isPrivate: query.q !== '',
      data: {
        name: place.name,
        summary: place.summary,
        descriptionHtml: place.descriptionHtml,
        image: place.image,
        container: { title: place.container.title, path: `/${place.container.slug}/` },
        crumbs: [
          { label: 'Market', url: '/' },
          { label: place.name, url: null },
        ],
        list: describeList({ path: place.path, query, list, categories, places: [], formats }),
      },
    })
  })

  function readProducts({ q, category, page: number }: ListQuery, marketPlace?: string) {
    return market.listProducts(
      { marketPlace, search: q || undefined, category: category || undefined },
      { page: number, pageSize },
    )
  }
}

function titleOf(name: string, { q, page }: ListQuery): string {
  if (q) return `${q}: ${name}`
  return page > 1 ? `${name}, page ${page}` : name
}

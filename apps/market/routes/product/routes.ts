import type { CartService } from '@rose-ash/shared/contracts/cart'
import { ConflictError, InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { MarketPlace, MarketService, ProductDetails } from '@rose-ash/shared/contracts/market'
import type { Identity } from '@rose-ash/shared/infrastructure/sessions/identity'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { listUrl } from '../listing/addresses.ts'
import { describeUnitPrice, isLow, toProductCard } from './card.ts'
import { toJsonLd } from './json-ld.ts'
import { addBody, productParams } from './schemas.ts'

interface Options {
  readonly market: MarketService
  readonly cart: CartService
  readonly identity: Identity
  readonly page: PageRenderer
  readonly publicUrl: string
  readonly formats: Formats
}

const relatedCount = 4

/** `/<page>/<market>/<product>/`, and what its form is sent to. */
export async function productRoutes(
  app: FastifyInstance,
  { market, cart, identity, page, publicUrl, formats }: Options,
): Promise<void> {
  app.get('/:page/:market/:product/', async (request, reply) => {
    const { product, place, pageSlug } = await getProduct(request)
    if (pageSlug !== place.container.slug) return reply.redirect(product.path, 301)
    const related = await market.findRelatedProducts(product, relatedCount)
    return page(request, reply, {
      template: 'pages/product',
      title: product.title,
      ...(product.summary ? { description: product.summary } : {}),
      ...(product.image ? { image: product.image.src } : {}),
      canonicalPath: product.path,
      data: {
        ...describeProduct(product, place, formats),
        jsonLd: toJsonLd(product, place, publicUrl),
        related: related.map((other) => toProductCard(other, formats)),
      },
    })
  })

  app.post('/:page/:market/:product/add', async (request, reply) => {
    const { product } = await getProduct(request)
    const { quantity } = addBody.parse(request.body ?? {})
    const visitor = identity.ensureVisitor(request, reply)
    try {
      await cart.addItem(visitor, { productId: product.id, quantity })
      addNotice(reply, {
        tone: 'success',
        text: `Added: ${quantity} × ${shorten(product.title)}.`,
        link: { label: 'View cart', app: 'cart', path: '/' },
      })
    } catch (error) {
      if (!(error instanceof ConflictError || error instanceof InvalidInputError)) throw error
      // Something for the buyer to choose anew, on the page that they chose on.
      addNotice(reply, { tone: 'warning', text: error.message })
    }
    return reply.redirect(cameFrom(request, publicUrl) ?? product.path, 303)
  })

  /** Throws NotFoundError. */
  async function getProduct(request: FastifyRequest) {
    const params = productParams.safeParse(request.params)
    if (params.success) {
      const { page: pageSlug, market: placeSlug, product: slug } = params.data
      const [place, product] = await Promise.all([
        market.findMarketPlaceBySlug(placeSlug),
        market.findProductBySlug(placeSlug, slug),
      ])
      if (place && product) return { place, product, pageSlug }
    }
    throw new NotFoundError('We do not sell this, or no longer do.')
  }
}

function describeProduct(product: ProductDetails, place: MarketPlace, formats: Formats) {
  const { category, stock, path, unitPrice, currency } = product
  return {
    ...product,
    crumbs: [
      { label: 'Market', url: '/' },
      { label: place.name, url: place.path },
      { label: category.name, url: listUrl(place.path, { category: category.slug }) },
      { label: product.title, url: null },
    ],
    unitPrice: unitPrice && describeUnitPrice(unitPrice, currency, formats),
    regularPricePence: null,
    isSoldOut: stock === 0,
    isLow: isLow(stock),
    addUrl: `${path}add`,
    categoryUrl: listUrl(place.path, { category: category.slug }),
    place: { name: place.name, url: place.path },
    container: { title: place.container.title, path: `/${place.container.slug}/` },
  }
}

/** The page of ours that the form was on; undefined when the browser does not say. */
function cameFrom(request: FastifyRequest, publicUrl: string): string | undefined {
  const { referer } = request.headers
  if (!referer || !URL.canParse(referer)) return undefined
  const { origin, pathname, search } = new URL(referer)
  // Two slashes would be another host's address.
  return origin === publicUrl && !pathname.startsWith('//') ? pathname + search : undefined
}

function shorten(title: string): string {
  return title.length > 120 ? `${title.slice(0, 119)}…` : title
}

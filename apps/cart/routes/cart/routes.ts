import type { CartService } from '@rose-ash/shared/contracts/cart'
import { ConflictError, InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { Identity } from '@rose-ash/shared/infrastructure/sessions/identity'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { describeCart } from './describe-cart.ts'
import { cartQuery, itemParams, quantityBody } from './schemas.ts'

interface Options {
  readonly cart: CartService
  readonly identity: Identity
  readonly page: PageRenderer
  readonly formats: Formats
  readonly marketUrl: string
}

/**
 * `/` and what its forms are sent to. The same for members and for anybody else: the cart belongs to
 * the member, or to the device until somebody signs in.
 */
export async function cartRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { cart, identity, page, formats, marketUrl } = options

  // Who asks decides what is in the cart, so it is worth finding out even without Fetch Metadata.
  app.get('/', { config: { handshake: 'always' } }, async (request, reply) => {
    const visitor = identity.visitorOf(request)
    const { removed: removedId } = cartQuery.parse(request.query)
    const [contents, removed] = await Promise.all([
      cart.contents(visitor),
      removedId ? cart.findRemovedItem(visitor, removedId) : undefined,
    ])
    return page(request, reply, {
      template: 'pages/cart',
      title: 'Cart',
      isPrivate: true,
      data: describeCart({ contents, removed, formats, marketUrl }),
    })
  })

  app.post('/items/:id', async (request, reply) => {
    const id = itemIdOf(request)
    const { quantity } = quantityBody.parse(request.body ?? {})
    return changeQuantity(request, reply, { id, quantity })
  })

  app.post('/items/:id/remove', async (request, reply) =>
    changeQuantity(request, reply, { id: itemIdOf(request), quantity: 0 }),
  )

  app.post('/items/:id/restore', async (request, reply) => {
    await cart.restoreItem(visitorOf(request), itemIdOf(request))
    return reply.redirect('/', 303)
  })

  app.post('/items/gone/remove', async (request, reply) => {
    await cart.removeGoneItems(visitorOf(request))
    return reply.redirect('/', 303)
  })

  async function changeQuantity(
    request: FastifyRequest,
    reply: FastifyReply,
    item: { readonly id: string; readonly quantity: number },
  ) {
    try {
      await cart.setQuantity(visitorOf(request), item)
      // A removed line is named in the address, so that the next page can offer to put it back.
      return await reply.redirect(item.quantity === 0 ? `/?removed=${item.id}` : '/', 303)
    } catch (error) {
      if (!(error instanceof ConflictError || error instanceof InvalidInputError)) throw error
      addNotice(reply, { tone: 'warning', text: error.message })
      return reply.redirect('/', 303)
    }
  }

  /** A browser that nothing is kept of has no line to change. Throws NotFoundError. */
  function visitorOf(request: FastifyRequest) {
    const visitor = identity.visitorOf(request)
    if (!visitor.userId && !visitor.deviceId) throw notThere()
    return visitor
  }
}

function itemIdOf(request: FastifyRequest): string {
  const params = itemParams.safeParse(request.params)
  if (!params.success) throw notThere()
  return params.data.id
}

function notThere(): NotFoundError {
  return new NotFoundError('This is no longer in your cart.')
}

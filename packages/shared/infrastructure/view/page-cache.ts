import type { FastifyReply, FastifyRequest } from 'fastify'
import { fragmentTag } from '../../contracts/fragments.ts'
import type { Cache } from '../cache/cache.ts'
import { createNearCache } from '../cache/near-cache.ts'
import type { Identity } from '../sessions/identity.ts'
import { hasNotices } from '../sessions/notices.ts'
import { bytesOf, type Encoding, type KeptPage, PageInHand, type Sent } from './kept-page.ts'
import { openPolicy } from './page-code.ts'
import { type Page, type PageParts, type PageRenderer, renderPage, shellFragments } from './page.ts'

export interface CacheablePage {
  /** Names the page among those of this app: `post`, `rye`. */
  readonly key: readonly [string, ...string[]]
  /**
   * The page as strangers see it, and the tags of what it is made of; undefined when there is none.
   * Without tags it is shown and not kept.
   */
  readonly load: () => Promise<{ page: Page; tags: readonly string[] | undefined } | undefined>
}

/**
 * Pages that are the same for every stranger, kept in the cache that all processes share until one of
 * their tags is invalidated. Members, and whoever has a notice waiting, never get a kept page, and what
 * they see is never kept. False when there is no such page: nothing has been sent then.
 */
export type PageCache = (
  request: FastifyRequest,
  reply: FastifyReply,
  cacheable: CacheablePage,
) => Promise<boolean>

const cartMark = '<!--the cart of whoever reads this-->'

export function createPageCache({
  page: renderFor,
  identity,
  cache,
  ...parts
}: PageParts & {
  readonly page: PageRenderer
  readonly identity: Identity
  readonly cache: Cache
}): PageCache {
  const { app, pageCacheSeconds: ttlSeconds } = parts.config
  const near = createNearCache<KeptPage, PageInHand>({
    cache,
    maxBytes: 32 * 1024 * 1024,
    make: (page) => new PageInHand(page),
    sizeOf: bytesOf,
    isSame: isSamePage,
  })

  const make = async ({ load }: CacheablePage, requestId: string): Promise<KeptPage> => {
    const loaded = await load()
    if (!loaded?.tags || (loaded.page.status ?? 200) !== 200) throw new NotKept(loaded?.page)
    const { page, tags } = loaded
    const stranger = { visitor: {}, user: null, notices: [], requestId }
    const html = await renderPage(parts, page, { ...stranger, replaced: { cartMini: cartMark } })
    const [before = '', after = ''] = html.split(cartMark)
    const shown = shellFragments(page.fragments ?? {}).map(({ request }) => request.type)
    return {
      before,
      after,
      cart: await cartOf(parts, {}, requestId),
      scriptSources: page.code?.scriptSources ?? [],
      styleSources: page.code?.styleSources ?? [],
      tags: [...tags, ...new Set(shown.map(fragmentTag))],
    }
  }

  return async (request, reply, cacheable) => {
    const visitor = identity.visitorOf(request)
    if (ttlSeconds === 0 || visitor.userId || hasNotices(request))
      return sendOwn(request, reply, cacheable)
    const inHand = await take(request, cacheable)
    if (inHand instanceof NotKept) {
      if (!inHand.page) return false
      await renderFor(request, reply, inHand.page)
      return true
    }
    const sent = visitor.deviceId
      ? inHand.withCart(await cartOf(parts, visitor, request.id))
      : await inHand.forStrangers(wantedEncoding(request))
    const { scriptSources, styleSources } = inHand.page
    if (scriptSources.length + styleSources.length > 0) openPolicy(reply, inHand.page)
    send(request, reply, { sent, isShared: request.headers.cookie === undefined })
    return true
  }

  async function take(request: FastifyRequest, cacheable: CacheablePage) {
    try {
      return await near.get(['page', app, ...cacheable.key], () => make(cacheable, request.id), {
        ttlSeconds,
        tags: ({ tags }) => tags,
      })
    } catch (error) {
      // Thrown, because what is returned would be kept.
      if (error instanceof NotKept) return error
      throw error
    }
  }

  async function sendOwn(request: FastifyRequest, reply: FastifyReply, cacheable: CacheablePage) {
    const loaded = await cacheable.load()
    if (!loaded) return false
    await renderFor(request, reply, loaded.page)
    return true
  }
}

/** There is no such page, or it is one that is not to be kept. */
class NotKept extends Error {
  override name = 'NotKept'
  readonly page: Page | undefined

  constructor(page: Page | undefined) {
    super('This page is not kept.')
    this.page = page
  }
}

function isSamePage(one: KeptPage, other: KeptPage): boolean {
  return one.before === other.before && one.after === other.after && one.cart === other.cart
}

async function cartOf(
  { fragments, render }: PageParts,
  visitor: Parameters<PageParts['fragments']['fetch']>[1]['visitor'],
  requestId: string,
): Promise<string> {
  const [cart] = await fragments.fetch([{ provider: 'cart', type: 'cart-mini' }], {
    visitor,
    requestId,
  })
  return cart || render('partials/cart-link', {})
}

function wantedEncoding({ headers }: FastifyRequest): Encoding {
  const accepted = headers['accept-encoding']
  if (typeof accepted !== 'string') return 'identity'
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted)) return 'br'
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted) ? 'gzip' : 'identity'
}

function send(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { sent, isShared }: { readonly sent: Sent; readonly isShared: boolean },
): void {
  void reply
    .header('cache-control', isShared ? 'public, max-age=0, must-revalidate' : 'private, no-cache')
    .header('vary', 'cookie, accept-encoding')
    .header('etag', sent.etag)
  if (isKnown(headers['if-none-match'], sent.etag)) {
    void reply.status(304).send()
    return
  }
  if (sent.encoding !== 'identity') void reply.header('content-encoding', sent.encoding)
  void reply.type('text/html; charset=utf-8').send(sent.body)
}

function isKnown(given: string | undefined, etag: string): boolean {
  return given !== undefined && given.split(',').some((one) => one.trim() === etag)
}

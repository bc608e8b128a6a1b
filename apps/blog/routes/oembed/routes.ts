import { InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import { excerptOf } from '@rose-ash/shared/contracts/excerpt'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../models/index.ts'
import { escapeHtml } from '../../services/documents/escape.ts'
import { around, element } from '../../services/reading/xml.ts'
import { type Embedded, findEmbedded } from './queries.ts'

const side = z.coerce.number().int().min(1).catch(Infinity)

const asked = z.object({
  url: z.string().max(2000).catch(''),
  format: z.string().max(20).catch('json'),
  maxwidth: side,
  maxheight: side,
})

type Asked = z.output<typeof asked>

/** How long others may keep an answer. */
const cacheSeconds = 3600
/** Pixels that a quotation takes when there is room. */
const usualWidth = 600

/** What other sites show of a post that somebody links to: oEmbed 1.0, of type `rich`. */
export async function oembedRoutes(
  app: FastifyInstance,
  { database }: { readonly database: Database },
): Promise<void> {
  const siteUrl = app.config.publicUrls.blog
  const { name } = app.config.platform

  app.get('/oembed', async (request, reply) => {
    const query = asked.parse(request.query)
    if (query.format !== 'json' && query.format !== 'xml') {
      return reply.status(501).send({ message: 'The format is json or xml.' })
    }
    const answer = describe(await findPost(query.url), query)
    void reply
      .header('cache-control', `public, max-age=${cacheSeconds}`)
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
    if (query.format === 'json') return reply.send(answer)
    const parts = Object.entries(answer).map(([key, value]) => element(key, value?.toString()))
    return reply
      .type('text/xml; charset=utf-8')
      .send(`<?xml version="1.0" encoding="utf-8"?>\n${around('oembed', parts)}\n`)
  })

  async function findPost(address: string): Promise<Embedded> {
    const url = URL.parse(address)
    if (!url) throw new InvalidInputError('Say in url which address is meant.')
    const slug = /^\/([^/]+)\/?$/.exec(url.pathname)?.[1]
    if (url.origin !== new URL(siteUrl).origin || slug === undefined) {
      throw new NotFoundError('That address is not a story of this site.')
    }
    const legible = decode(slug)
    const post = legible === undefined ? undefined : await findEmbedded(database, legible)
    if (!post) throw new NotFoundError('There is no story or page at that address.')
    return post
  }

  function describe(post: Embedded, { maxwidth, maxheight }: Asked) {
    const { author, picture, width, height } = post
    const isShown = picture && width && height && width <= maxwidth && height <= maxheight
    return {
      version: '1.0',
      type: 'rich',
      title: post.title,
      ...(author && {
        author_name: author.name,
        author_url: `${siteUrl}/author/${author.slug}/`,
      }),
      provider_name: name,
      provider_url: `${siteUrl}/`,
      cache_age: cacheSeconds,
      html: quote(post.title, excerptOf(post), `${siteUrl}/${post.slug}/`),
      width: Math.min(usualWidth, maxwidth),
      height: null,
      ...(isShown && {
        thumbnail_url: URL.parse(picture, siteUrl)?.href ?? picture,
        thumbnail_width: width,
        thumbnail_height: height,
      }),
    }
  }
}

/** Undefined for what is not UTF-8, or could be no slug. */
function decode(part: string): string | undefined {
  try {
    const decoded = decodeURIComponent(part)
    return decoded.includes('\0') ? undefined : decoded
  } catch {
    return undefined
  }
}

function quote(title: string, excerpt: string, url: string): string {
  const words = excerpt ? `<p>${escapeHtml(excerpt)}</p>` : ''
  return `<blockquote class="rose-ash-embed" cite="${escapeHtml(url)}"><p><a href="${escapeHtml(url)}">${escapeHtml(title)}</a></p>${words}</blockquote>`
}

import type { BlogService } from '@rose-ash/shared/contracts/blog'
import { InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { escapeHtml } from '../../services/documents/escape.ts'
import { around, element } from '../../services/reading/xml.ts'

const asked = z.object({
  url: z.string().max(2000).catch(''),
  format: z.string().max(20).catch('json'),
})

/** How long others may keep an answer. */
const cacheSeconds = 3600

/** What other sites show of a post that somebody links to: oEmbed 1.0, of type `rich`. */
export async function oembedRoutes(
  app: FastifyInstance,
  { blog }: { readonly blog: BlogService },
): Promise<void> {
  const siteUrl = app.config.publicUrls.blog
  const { name } = app.config.platform

  app.get('/oembed', async (request, reply) => {
    const { url, format } = asked.parse(request.query)
    if (format !== 'json' && format !== 'xml') {
      return reply.status(501).send({ message: 'The format is json or xml.' })
    }
    const post = await findPost(url)
    const answer = {
      version: '1.0',
      type: 'rich',
      title: post.title,
      provider_name: name,
      provider_url: `${siteUrl}/`,
      cache_age: cacheSeconds,
      html: quote(post.title, post.excerpt, siteUrl + post.path),
      width: 600,
      height: null,
      ...(post.image && { thumbnail_url: URL.parse(post.image.src, siteUrl)?.href }),
    }
    void reply
      .header('cache-control', `public, max-age=${cacheSeconds}`)
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
    if (format === 'json') return reply.send(answer)
    const parts = Object.entries(answer).map(([key, value]) => element(key, value?.toString()))
    return reply
      .type('text/xml; charset=utf-8')
      .send(`<?xml version="1.0" encoding="utf-8"?>\n${around('oembed', parts)}\n`)
  })

  async function findPost(address: string) {
    const url = URL.parse(address)
    if (!url) throw new InvalidInputError('Say in url which address is meant.')
    const slug = /^\/([^/]+)\/?$/.exec(url.pathname)?.[1]
    if (url.origin !== new URL(siteUrl).origin || slug === undefined) {
      throw new NotFoundError('That address is not a story of this site.')
    }
    const post = await blog.findPostBySlug(decodeURIComponent(slug))
    if (!post) throw new NotFoundError('There is no story or page at that address.')
    return post
  }
}

function quote(title: string, excerpt: string, url: string): string {
  const words = excerpt ? `<p>${escapeHtml(excerpt)}</p>` : ''
  return `<blockquote class="rose-ash-embed" cite="${escapeHtml(url)}"><p><a href="${escapeHtml(url)}">${escapeHtml(title)}</a></p>${words}</blockquote>`
}

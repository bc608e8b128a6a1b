import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { DocumentCache } from '@rose-ash/shared/infrastructure/view/kept-document'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../models/index.ts'
import { pageTags } from '../../services/posts/page-tags.ts'
import {
  findSitemapFiles,
  readSitemap,
  type SitemapEntry,
  type SitemapKind,
  sitemapKinds,
} from '../../services/reading/read-sitemap.ts'
import { around, element } from '../../services/reading/xml.ts'

interface Options {
  readonly database: Database
  readonly documents: DocumentCache
}

const contentType = 'application/xml; charset=utf-8'
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'
/** Pages that nobody has written: they are always there. */
const ownPages: readonly SitemapEntry[] = ['/', '/tags/', '/archive/'].map((path) => ({
  path,
  changedAt: null,
  image: null,
}))
const asked = z.object({ after: z.uuid().optional().catch(undefined) })

/** `/sitemap.xml`, the files it names, and `/robots.txt`. */
export async function sitemapRoutes(
  app: FastifyInstance,
  { database, documents }: Options,
): Promise<void> {
  const siteUrl = app.config.publicUrls.blog
  const source = { database, siteUrl }
  const tags = [pageTags.all, pageTags.lists]

  app.get('/sitemap.xml', async (request, reply) => {
    await documents(request, reply, {
      key: ['sitemap'],
      contentType,
      load: async () => ({ body: await writeIndex(), changedAt: null, tags }),
    })
    return reply
  })

  for (const kind of sitemapKinds) {
    app.get(`/sitemap-${kind}.xml`, async (request, reply) => {
      const { after } = asked.parse(request.query)
      const isSent = await documents(request, reply, {
        key: ['sitemap', kind, after ?? ''],
        contentType,
        async load() {
          const found = await readSitemap(source, kind, after)
          const isFirst = after === undefined
          const entries = kind === 'pages' && isFirst ? [...ownPages, ...found] : found
          if (entries.length === 0 && !isFirst) return undefined
          return { body: writeFile(entries), changedAt: null, tags }
        },
      })
      if (!isSent) throw new NotFoundError('There is no such part of the sitemap.')
      return reply
    })
  }

  app.get('/robots.txt', async (_request, reply) => {
    const hidden = ['/admin/', '/auth/', '/internal/', '/preview/', '/search/', '/go/', '/ghost/']
    const lines = ['User-agent: *', ...hidden.map((path) => `Disallow: ${path}`)]
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send([...lines, '', `Sitemap: ${siteUrl}/sitemap.xml`, ''].join('\n'))
  })

  async function writeIndex(): Promise<string> {
    const files = await Promise.all(sitemapKinds.map((kind) => filesOf(kind)))
    const entries = files
      .flat()
      .map(({ url, changedAt }) =>
        around('sitemap', [element('loc', url), element('lastmod', changedAt?.toISOString())]),
      )
    return xml(around('sitemapindex', entries, { xmlns: namespace }))
  }

  async function filesOf(kind: SitemapKind) {
    const found = await findSitemapFiles(source, kind)
    const files =
      found.length === 0 && kind === 'pages' ? [{ after: undefined, changedAt: null }] : found
    return files.map(({ after, changedAt }) => {
      const query = after === undefined ? '' : `?after=${after}`
      return { url: `${siteUrl}/sitemap-${kind}.xml${query}`, changedAt }
    })
  }

  function writeFile(entries: readonly SitemapEntry[]): string {
    const urls = entries.map(({ path, changedAt, image }) =>
      around('url', [
        element('loc', encodeURI(siteUrl + path)),
        element('lastmod', changedAt?.toISOString()),
        image
          ? around('image:image', [element('image:loc', URL.parse(image, siteUrl)?.href ?? image)])
          : '',
      ]),
    )
    const images = { 'xmlns:image': 'http://www.google.com/schemas/sitemap-image/1.1' }
    return xml(around('urlset', urls, { xmlns: namespace, ...images }))
  }
}

function xml(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${content}\n`
}

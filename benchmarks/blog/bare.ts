import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import etag from '@fastify/etag'
import helmet from '@fastify/helmet'
import session from '@fastify/session'
import { fastify, type FastifyInstance } from 'fastify'
import Handlebars from 'handlebars'
import { findCards } from './bare-cards.ts'

export interface BarePage {
  readonly path: string
  /** What the platform answers there. */
  readonly html: string
}

/**
 * The bound: the same bytes from Fastify and Handlebars, with what every site has around its pages, helmet, cookies,
 * sessions and ETags; with a layout, a partial, and a list of cards. No database, no fragments.
 */
export async function createBareApp(pages: readonly BarePage[]): Promise<FastifyInstance> {
  const app = fastify()
  await app.register(helmet)
  await app.register(cookie)
  await app.register(session, {
    secret: randomBytes(32).toString('hex'),
    saveUninitialized: false,
  })
  await app.register(etag)
  for (const { path, html } of pages) {
    const render = compilePage(html)
    app.get(path, async (_request, reply) => reply.type('text/html; charset=utf-8').send(render()))
  }
  return app
}

/** The page as a layout around its main part, each compiled once. */
function compilePage(html: string): () => string {
  const handlebars = Handlebars.create()
  const begin = html.indexOf('<main')
  const end = html.indexOf('</main>')
  const main = findCards(html.slice(begin, end))
  if (main.cardTemplate) handlebars.registerPartial('card', handlebars.compile(main.cardTemplate))
  handlebars.registerPartial('main', handlebars.compile(main.template))
  const render: Handlebars.TemplateDelegate = handlebars.compile(
    `${html.slice(0, begin)}{{> main}}${html.slice(end)}`,
  )
  const { cards } = main
  if (render({ cards }) !== html) throw new Error('the bound shows another page')
  return () => render({ cards })
}

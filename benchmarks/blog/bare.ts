import { fastify, type FastifyInstance } from 'fastify'
import Handlebars from 'handlebars'

export interface BarePage {
  readonly path: string
  /** What the platform answers there. */
  readonly html: string
}

/**
 * The bound: the same bytes from Fastify and Handlebars alone, with a layout and a partial. No
 * database, no session, no fragments, no security headers.
 */
export async function createBareApp(pages: readonly BarePage[]): Promise<FastifyInstance> {
  const app = fastify()
  for (const { path, html } of pages) {
    const render = compilePage(html)
    app.get(path, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(render({ title: 'Story', names: ['a', 'b'] })),
    )
  }
  return app
}

/** The page as a layout around its main part, each compiled once. */
function compilePage(html: string): Handlebars.TemplateDelegate {
  const handlebars = Handlebars.create()
  const begin = html.indexOf('<main')
  const end = html.indexOf('</main>')
  handlebars.registerPartial('main', handlebars.compile(html.slice(begin, end)))
  return handlebars.compile(`${html.slice(0, begin)}{{> main}}${html.slice(end)}`)
}

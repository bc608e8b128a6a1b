import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AppName, appNames } from '../../contracts/apps.ts'
import type { CurrentUser } from '../../contracts/visitor.ts'
import type { AppConfig } from '../config/schema.ts'
import type { FragmentClient, FragmentRequest } from '../fragments/client.ts'
import type { Identity } from '../sessions/identity.ts'
import { type Notice, takeNotices } from '../sessions/notices.ts'
import type { Render } from './templates.ts'

/** What a page is made of. Everything is read before this is called; templates never ask. */
export interface Page {
  /** Path of the template: `pages/home`. */
  readonly template: string
  readonly title: string
  readonly description?: string
  /** Path on this app that search engines should know the page by. */
  readonly canonicalPath?: string
  /** Where the page first stood, when that is not here. */
  readonly canonicalUrl?: string
  readonly image?: string
  /** Keep it out of search engines: carts, dashboards, forms. */
  readonly isPrivate?: boolean
  readonly language?: string
  readonly status?: number
  /** A function when the data depends on which of `fragments` came. */
  readonly data: object | ((fragments: Readonly<Record<string, string>>) => object)
  /** Further fragments, by the name under which the template finds them in `fragments`. */
  readonly fragments?: Readonly<Record<string, FragmentRequest>>
}

/** Renders a page inside the platform's layout and sends it. */
export type PageRenderer = (
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
) => Promise<FastifyReply>

export interface LayoutData {
  readonly appName: AppName
  readonly platform: AppConfig['platform']
  readonly title: string
  readonly documentTitle: string
  readonly description: string
  readonly canonicalUrl: string | null
  readonly image: string | null
  readonly language: string
  readonly robots: string | null
  readonly user: CurrentUser | null
  readonly notices: readonly Notice[]
  readonly navItems: readonly string[]
  readonly fragments: Readonly<Record<string, string>>
  readonly body: string
  readonly path: string
}

export function createPageRenderer(options: {
  config: AppConfig
  render: Render
  fragments: FragmentClient
  identity: Identity
}): PageRenderer {
  const { config, render, fragments, identity } = options
  const { app, platform } = config
  const canonicalUrlOf = ({ canonicalUrl, canonicalPath }: Page) =>
    canonicalUrl ?? (canonicalPath ? config.publicUrls[app] + canonicalPath : null)

  return async (request, reply, page) => {
    const shell = shellFragments(page.fragments ?? {})
    const html = await fragments.fetch(
      shell.map(({ request: wanted }) => wanted),
      { visitor: identity.visitorOf(request), requestId: request.id },
    )
    const named = Object.fromEntries(shell.map(({ name }, index) => [name, html[index] ?? '']))
    const notices = takeNotices(request, reply)
    const user = request.user ?? null
    const body = render(page.template, {
      ...(typeof page.data === 'function' ? page.data(named) : page.data),
      fragments: named,
      user,
      appName: app,
      platform,
    })
    const layout: LayoutData = {
      appName: app,
      platform,
      title: page.title,
      documentTitle: page.title === platform.name ? page.title : `${page.title} · ${platform.name}`,
      description: page.description ?? platform.tagline,
      canonicalUrl: canonicalUrlOf(page),
      image: page.image ? (URL.parse(page.image, config.publicUrls[app])?.href ?? null) : null,
      language: page.language ?? platform.language,
      robots: page.isPrivate ? 'noindex, nofollow' : null,
      user,
      notices,
      navItems: appNames.map((name) => named[`nav-item:${name}`] ?? '').filter(Boolean),
      fragments: named,
      body,
      path: request.url,
    }
    return reply
      .status(page.status ?? 200)
      .header('cache-control', 'private, no-cache')
      .type('text/html; charset=utf-8')
      .send(render('layout', layout))
  }
}

/** What every page shows around its body, and then what this page wants. */
function shellFragments(wanted: Readonly<Record<string, FragmentRequest>>) {
  return [
    ...appNames.map((provider) => ({
      name: `nav-item:${provider}`,
      request: { provider, type: 'nav-item' } as const,
    })),
    { name: 'navTree', request: { provider: 'blog', type: 'nav-tree' } as const },
    { name: 'authMenu', request: { provider: 'account', type: 'auth-menu' } as const },
    { name: 'cartMini', request: { provider: 'cart', type: 'cart-mini' } as const },
    ...Object.entries(wanted).map(([name, request]) => ({ name, request })),
  ]
}

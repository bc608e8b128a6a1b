import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AppName, appNames } from '../../contracts/apps.ts'
import type { CurrentUser, Visitor } from '../../contracts/visitor.ts'
import type { AppConfig } from '../config/schema.ts'
import type { FragmentClient, FragmentRequest } from '../fragments/client.ts'
import type { Identity } from '../sessions/identity.ts'
import { type Notice, takeNotices } from '../sessions/notices.ts'
import { openPolicy, type PageCode } from './page-code.ts'
import {
  type HeadLink,
  type HeadMeta,
  metaOf,
  type PageHead,
  writeStructured,
} from './page-head.ts'
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
  readonly head?: PageHead
  /** Code of this page's own. What stands in it has been let in by whoever made the page. */
  readonly code?: PageCode
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
  readonly meta: readonly HeadMeta[]
  readonly links: readonly Required<HeadLink>[]
  /** JSON-LD, safe to put into a script element. */
  readonly structured: string | null
  readonly codeHead: string
  readonly codeFoot: string
}

export interface PageParts {
  readonly config: AppConfig
  readonly render: Render
  readonly fragments: FragmentClient
}

/** Whom a page is made for. */
export interface PageContext {
  readonly visitor: Visitor
  readonly user: CurrentUser | null
  readonly notices: readonly Notice[]
  readonly requestId: string
}

export function createPageRenderer({
  identity,
  ...parts
}: PageParts & { readonly identity: Identity }): PageRenderer {
  return async (request, reply, page) => {
    const html = await renderPage(parts, page, {
      visitor: identity.visitorOf(request),
      user: request.user ?? null,
      notices: takeNotices(request, reply),
      requestId: request.id,
    })
    if (page.code) openPolicy(reply, page.code)
    return reply
      .status(page.status ?? 200)
      .header('cache-control', 'private, no-cache')
      .type('text/html; charset=utf-8')
      .send(encode(html))
  }
}

/** Sending a string counts its bytes before it writes them, and reads all of it twice for that. */
function encode(html: string): Buffer {
  const bytes = Buffer.allocUnsafe(3 * html.length)
  return bytes.subarray(0, bytes.write(html))
}

/** The whole page with its frame. `replaced` stands in the place of fragments of these names. */
export async function renderPage(
  { config, render, fragments }: PageParts,
  page: Page,
  {
    visitor,
    user,
    notices,
    requestId,
    replaced = {},
  }: PageContext & {
    readonly replaced?: Readonly<Record<string, string>>
  },
): Promise<string> {
  const { app, platform } = config
  const shell = shellFragments(page.fragments ?? {}).filter(({ name }) => !(name in replaced))
  const html = await fragments.fetch(
    shell.map(({ request: wanted }) => wanted),
    { visitor, requestId },
  )
  const named = {
    ...Object.fromEntries(shell.map(({ name }, index) => [name, html[index] ?? ''])),
    ...replaced,
  }
  const body = render(page.template, {
    ...(typeof page.data === 'function' ? page.data(named) : page.data),
    fragments: named,
    user,
    appName: app,
    platform,
  })
  const { title, head = {} } = page
  const described = {
    title,
    description: page.description ?? platform.tagline,
    canonicalUrl:
      page.canonicalUrl ??
      (page.canonicalPath ? config.publicUrls[app] + page.canonicalPath : null),
    image: page.image ? (URL.parse(page.image, config.publicUrls[app])?.href ?? null) : null,
    language: page.language ?? platform.language,
    siteName: platform.name,
  }
  const layout: LayoutData = {
    ...described,
    appName: app,
    platform,
    documentTitle: title === platform.name ? title : `${title} · ${platform.name}`,
    robots: page.isPrivate ? 'noindex, nofollow' : null,
    user,
    notices,
    navItems: appNames.map((name) => named[`nav-item:${name}`] ?? '').filter(Boolean),
    fragments: named,
    body,
    meta: metaOf(described, head),
    links: (head.links ?? []).map((link) => ({ type: '', title: '', ...link })),
    structured: head.structured ? writeStructured(head.structured) : null,
    codeHead: page.code?.head ?? '',
    codeFoot: page.code?.foot ?? '',
  }
  return render('layout', layout)
}

/** What every page shows around its body, and then what this page wants. */
export function shellFragments(
  wanted: Readonly<Record<string, FragmentRequest>>,
): readonly { readonly name: string; readonly request: FragmentRequest }[] {
  return [
    ...appNames.map((provider) => ({
      name: `nav-item:${provider}`,
      request: { provider, type: 'nav-item' } as const,
    })),
    { name: 'navTree', request: { provider: 'blog', type: 'nav-tree' } as const },
    { name: 'footer', request: { provider: 'blog', type: 'footer' } as const },
    { name: 'authMenu', request: { provider: 'account', type: 'auth-menu' } as const },
    { name: 'cartMini', request: { provider: 'cart', type: 'cart-mini' } as const },
    ...Object.entries(wanted).map(([name, request]) => ({ name, request })),
  ]
}

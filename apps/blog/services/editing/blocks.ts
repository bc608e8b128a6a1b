import type { AppName } from '@rose-ash/shared/contracts/apps'
import type { FragmentRequest } from '@rose-ash/shared/infrastructure/fragments/client'
import { escapeHtml } from '../documents/escape.ts'

export type BlockKind = 'product' | 'event' | 'cart'

/** Something of another app that stands in a text. */
export interface Block {
  readonly kind: BlockKind
  /** On its own app, as `/shop/bakery/seeded-loaf/`. */
  readonly path: string
  readonly title: string
  /** Absolute: what the block leads to wherever it cannot be shown. */
  readonly url: string
}

const providers: Readonly<Record<BlockKind, { app: AppName; type: FragmentRequest['type'] }>> = {
  product: { app: 'market', type: 'link-card' },
  event: { app: 'events', type: 'link-card' },
  cart: { app: 'cart', type: 'cart-mini' },
}

/**
 * A block as an HTML card holds it. Valid in Ghost, where it is a link; and so it is in feeds, mails
 * and an export.
 */
export function blockHtml({ kind, path, title, url }: Block): string {
  const name = `${kind}:${path}`
  return (
    `<div data-block="${escapeHtml(name)}">` +
    `<p><a href="${escapeHtml(url)}">${escapeHtml(title)}</a></p></div>`
  )
}

/** How many of a text are filled. What comes after stays a link. */
const most = 30

const marked =
  /<div(?=\s)[^<>]*?\sdata-block="(product|event|cart):([^"<>\s]{1,500})"[^<>]*>((?:(?!<\/?div\b)[\s\S])*)<\/div>/g

function findMarked(html: string): readonly RegExpExecArray[] {
  return html.includes('data-block=') ? [...html.matchAll(marked)] : []
}

/** Whether the text shows each reader something of their own: then it must not be kept for others. */
export function isForOneReader(html: string): boolean {
  return findMarked(html).some(([, kind]) => kind === 'cart')
}

/**
 * The fragments that the blocks of a text are made of, by name: to be passed to `page` as `fragments`,
 * and what comes of it to `fillBlocks`. Ask with what `visibleHtml` lets the reader see; a page of which
 * `isForOneReader` is true is not to be kept. Costs next to nothing for a text without blocks.
 */
export function findBlocks(html: string): Readonly<Record<string, FragmentRequest>> {
  const found = findMarked(html).map(([, kind, path]) => ({
    kind: kind as BlockKind,
    path: plain(path ?? ''),
  }))
  return Object.fromEntries(
    found.slice(0, most).map(({ kind, path }) => {
      const { app: provider, type } = providers[kind]
      const parameters = kind === 'cart' ? {} : { path }
      return [fragmentName(kind, path), { provider, type, parameters }]
    }),
  )
}

/** Puts the fragments where the blocks are. One that has not come, or is empty, stays a link. */
export function fillBlocks(
  html: string,
  fragments: Readonly<Record<string, string | undefined>>,
): string {
  return html.replaceAll(marked, (...match: readonly string[]) => {
    const [, kind, path = '', link = ''] = match
    const fragment = fragments[fragmentName(kind, plain(path))]
    return fragment ? `<div class="post-block post-block-${kind}">${fragment}</div>` : link
  })
}

function fragmentName(kind: string | undefined, path: string): string {
  return `block:${kind}:${path}`
}

function plain(attribute: string): string {
  return attribute.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

import { escapeHtml } from './escape.ts'
import { isElsewhere } from './outside-media.ts'

/**
 * Cards that Ghost draws for its own scripts and styles, drawn here so that they work without any:
 * a toggle is `<details>`, video and audio have the browser's controls, stars are characters, a
 * bookmark shows no pictures of other sites, a sign-up form is its text. A Transistor player needs
 * Ghost's member ids and is left out. The result goes through `sanitise`, which is why HTML
 * properties stand in it as they are.
 */
export const nodeRenderers: NodeRenderers = {
  toggle: (node) =>
    asHtml(
      '<details class="kg-card kg-toggle-card"><summary class="kg-toggle-heading">' +
        `<h4 class="kg-toggle-heading-text">${html(node['heading'])}</h4></summary>` +
        `<div class="kg-toggle-content">${html(node['content'])}</div></details>`,
    ),
  video: videoCard,
  audio: audioCard,
  bookmark: bookmarkCard,
  product: productCard,
  signup: signupCard,
  transistor: () => asHtml(''),
}

type RenderOptions = Readonly<Record<string, unknown>>

export type NodeRenderers = Readonly<
  Record<string, (node: CardNode, options: RenderOptions) => RenderedCard>
>

/** A card of Ghost's while it is rendered: its properties, and Ghost's own way to draw it. */
export interface CardNode {
  readonly [property: string]: unknown
  exportDOM(editor: unknown, options: object): { readonly element: unknown; readonly type: string }
}

/** The renderer takes `value` as finished HTML. */
export interface RenderedCard {
  readonly element: { readonly value: string }
  readonly type: 'value'
}

function asHtml(value: string): RenderedCard {
  return { element: { value }, type: 'value' }
}

function html(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function attribute(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  return value === '' ? '' : ` ${name}="${escapeHtml(String(value))}"`
}

function videoCard(node: CardNode): RenderedCard {
  if (html(node['src']).trim() === '') return asHtml('')
  const caption = html(node['caption'])
  const classes = [
    'kg-card kg-video-card',
    node['cardWidth'] ? `kg-width-${html(node['cardWidth'])}` : '',
    caption ? 'kg-card-hascaption' : '',
  ]
  const poster = node['customThumbnailSrc'] || node['thumbnailSrc']
  return asHtml(
    `<figure${attribute('class', classes.filter(Boolean).join(' '))}>` +
      `<div class="kg-video-container"><video${attribute('src', node['src'])}` +
      `${attribute('poster', poster)}${attribute('width', node['width'])}` +
      `${attribute('height', node['height'])}${node['loop'] ? ' loop' : ''}` +
      ' controls playsinline preload="metadata"></video></div>' +
      `${caption && `<figcaption>${caption}</figcaption>`}</figure>`,
  )
}

function audioCard(node: CardNode): RenderedCard {
  if (html(node['src']).trim() === '') return asHtml('')
  const title = html(node['title'])
  const thumbnail = html(node['thumbnailSrc'])
  return asHtml(
    '<div class="kg-card kg-audio-card">' +
      (thumbnail &&
        `<img${attribute('src', thumbnail)} alt="" class="kg-audio-thumbnail" loading="lazy">`) +
      '<div class="kg-audio-player-container">' +
      `<div class="kg-audio-title">${escapeHtml(title)}</div>` +
      `<audio${attribute('src', node['src'])}${attribute('aria-label', title)}` +
      ' controls preload="metadata"></audio></div></div>',
  )
}

function bookmarkCard(node: CardNode, options: RenderOptions): RenderedCard {
  return asHtml(
    drawnByGhost(node, options).replace(/<img\b[^>]*>/g, (image) =>
      isElsewhere(/\ssrc="([^"]*)"/.exec(image)?.[1]) ? '' : image,
    ),
  )
}

function productCard(node: CardNode, options: RenderOptions): RenderedCard {
  const stars = Number(node['productStarRating'])
  return asHtml(
    drawnByGhost(node, options)
      .replace(/<svg[\s\S]*?<\/svg>/g, '★')
      .replace(
        'class="kg-product-card-rating"',
        `class="kg-product-card-rating" role="img" aria-label="${stars} of 5 stars"`,
      ),
  )
}

function signupCard(node: CardNode, options: RenderOptions): RenderedCard {
  return asHtml(drawnByGhost(node, options).replace(/<form[\s\S]*?<\/form>/g, ''))
}

function drawnByGhost(node: CardNode, options: RenderOptions): string {
  const { element } = node.exportDOM(undefined, { ...options, nodeRenderers: undefined })
  return typeof element === 'object' && element !== null && 'outerHTML' in element
    ? String(element.outerHTML)
    : ''
}

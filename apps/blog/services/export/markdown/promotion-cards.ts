import { escapeHtml } from '../../documents/escape.ts'
import type { LexicalNode } from '../../documents/lexical.ts'
import { audience, blocks, words } from './card-parts.ts'
import { attribute, cardHtml, comment, element, htmlBlock } from './html-block.ts'

/** Cards that offer something. They are HTML in Ghost's own documents, and stay it. */
export const promotionCards: Readonly<Record<string, (node: LexicalNode) => string>> = {
  header: (node) =>
    section(
      image(node['backgroundImageSrc']),
      element('h2', cardHtml(node['header'])),
      element('p', cardHtml(node['subheader'])),
      // Version 1 says whether; version 2 has one when it has words.
      node['buttonEnabled'] === false ? '' : button(node['buttonText'], node['buttonUrl']),
    ),
  product: (node) =>
    section(
      image(node['productImageSrc']),
      element('h4', cardHtml(node['productTitle'])),
      node['productRatingEnabled'] ? `<p>${stars(node['productStarRating'])}</p>` : '',
      cardHtml(node['productDescription']),
      node['productButtonEnabled'] ? button(node['productButton'], node['productUrl']) : '',
    ),
  'call-to-action': (node) =>
    blocks(
      audience(node),
      section(
        node['hasSponsorLabel'] ? cardHtml(node['sponsorLabel']) : '',
        image(node['imageUrl']),
        cardHtml(node['textValue']),
        node['showButton'] ? button(node['buttonText'], node['buttonUrl']) : '',
      ),
    ),
  signup: (node) =>
    blocks(
      comment(' a form to become a member stands here '),
      section(
        image(node['backgroundImageSrc']),
        element('h2', cardHtml(node['header'])),
        element('p', cardHtml(node['subheader'])),
        element('p', cardHtml(node['disclaimer'])),
      ),
    ),
  email: (node) => blocks(comment(' only in the newsletter '), htmlBlock(cardHtml(node['html']))),
  'email-cta': (node) =>
    blocks(
      comment(` only in the newsletter: ${words(node['segment'])} `),
      section(
        cardHtml(node['html']),
        node['showButton'] ? button(node['buttonText'], node['buttonUrl']) : '',
      ),
    ),
  transistor: (node) => blocks(audience(node), comment(' a player of Transistor stands here ')),
}

function section(...parts: readonly string[]): string {
  const inside = parts.filter((part) => part !== '')
  return inside.length === 0 ? '' : htmlBlock(`<section>\n${inside.join('\n')}\n</section>`)
}

function image(source: unknown): string {
  return typeof source === 'string' && source !== ''
    ? `<img${attribute('src', source)} alt="">`
    : ''
}

function button(text: unknown, url: unknown): string {
  const label = words(text)
  return label === '' && !url ? '' : `<p><a${attribute('href', url)}>${escapeHtml(label)}</a></p>`
}

function stars(rating: unknown): string {
  return '★'.repeat(Math.min(5, Math.max(0, Math.round(Number(rating) || 0))))
}

import type { LexicalNode } from '../../documents/lexical.ts'
import { audience, blocks, linkLine, words } from './card-parts.ts'
import { escapeLine, escapeText, linkTarget, linkTitle, longestRun } from './escape-text.ts'
import { attribute, cardHtml, element, htmlBlock } from './html-block.ts'
import { promotionCards } from './promotion-cards.ts'

type Card = (node: LexicalNode) => string

/** Ghost's cards by their type. Each gives blocks with an empty line between them, or nothing. */
export const cards: Readonly<Record<string, Card>> = {
  image: (node) => blocks(imageOf(node), caption(node)),
  gallery,
  video,
  audio,
  file,
  markdown: (node) => words(node['markdown']).trim(),
  html: (node) => blocks(audience(node), htmlBlock(words(node['html']))),
  codeblock,
  horizontalrule: () => '---',
  paywall: () => '<!--members-only-->',
  callout: (node) =>
    htmlBlock(
      element(
        'aside',
        [words(node['calloutEmoji']), cardHtml(node['calloutText'])].filter(Boolean).join(' '),
      ),
    ),
  toggle,
  button: (node) => linkLine(node['buttonText'], node['buttonUrl']),
  bookmark,
  embed,
  ...promotionCards,
}

function imageOf(image: Readonly<Record<string, unknown>>): string {
  const target = linkTarget(words(image['src']))
  const alt = escapeText(words(image['alt']).replace(/\s+/g, ' '))
  const picture = `![${alt}](${target}${linkTitle(words(image['title']))})`
  const href = words(image['href'])
  return href === '' ? picture : `[${picture}](${linkTarget(href)})`
}

function gallery(node: LexicalNode): string {
  const images = Array.isArray(node['images']) ? (node['images'] as Record<string, unknown>[]) : []
  return blocks(images.map(imageOf).join('\n'), caption(node))
}

function video(node: LexicalNode): string {
  const poster = words(node['customThumbnailSrc']) || words(node['thumbnailSrc'])
  const player = `<video${attribute('src', node['src'])}${attribute('poster', poster)}${attribute('width', node['width'])}${attribute('height', node['height'])}${node['loop'] ? ' loop' : ''} controls></video>`
  return htmlBlock(
    `<figure>\n${player}\n${element('figcaption', cardHtml(node['caption']))}\n</figure>`,
  )
}

function audio(node: LexicalNode): string {
  const title = escapeLine(escapeText(words(node['title']).trim()))
  const player = htmlBlock(
    `<figure>\n<audio${attribute('src', node['src'])} controls></audio>\n${element('figcaption', cardHtml(node['caption']))}\n</figure>`,
  )
  return blocks(title, player)
}

function file(node: LexicalNode): string {
  const name = words(node['fileName'])
  const title = words(node['fileTitle']) || name
  const about = [words(node['fileCaption']), name === title ? '' : name].filter(Boolean)
  const link = `[${escapeText(title.trim())}](${linkTarget(words(node['src']))})`
  return about.length > 0 ? `${link}\\\n${escapeLine(escapeText(about.join(' · ')))}` : link
}

function codeblock(node: LexicalNode): string {
  const code = words(node['code'])
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1))
  const language = words(node['language']).replace(/[\s`]+/g, '')
  return blocks(`${fence}${language}\n${code}\n${fence}`, caption(node))
}

function toggle(node: LexicalNode): string {
  return htmlBlock(
    `<details>\n${element('summary', cardHtml(node['heading']))}\n${cardHtml(node['content'])}\n</details>`,
  )
}

function bookmark(node: LexicalNode): string {
  const about = (node['metadata'] ?? {}) as Readonly<Record<string, unknown>>
  const url = words(node['url']) || words(about['url'])
  const from = [words(about['author']), words(about['publisher'])].filter(Boolean).join(', ')
  const lines = [
    `[${escapeText(words(about['title']).trim() || url)}](${linkTarget(url)})`,
    ...[words(about['description']), from]
      .filter((line) => line.trim() !== '')
      .map((line) => escapeLine(escapeText(line.replace(/\s+/g, ' ')))),
  ]
  return blocks(lines.map((line) => `> ${line}`).join('\\\n'), caption(node))
}

function embed(node: LexicalNode): string {
  const about = (node['metadata'] ?? {}) as Readonly<Record<string, unknown>>
  const url = words(node['url'])
  return blocks(
    htmlBlock(words(node['html'])),
    url === '' ? '' : linkLine(words(about['title']) || url, url),
    caption(node),
  )
}

/** Captions are HTML in Ghost. */
function caption(node: LexicalNode): string {
  return htmlBlock(element('figcaption', cardHtml(node['caption'])))
}

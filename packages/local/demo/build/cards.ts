import { curlyQuotes, inlineHtml, linkUrl } from './inline.ts'
import type { LexicalNode } from './inline.ts'

export const imageSize = { width: 1600, height: 1000 }

/** What a card may need to know of the rest of the blog. */
export interface CardContext {
  /** Feature image path of a post or page, by slug. */
  readonly imageOf: (slug: string) => string | undefined
}

/** `:::name argument`, the lines below it, and `:::`. */
export interface Directive {
  readonly name: string
  readonly argument: string
  readonly lines: readonly string[]
}

const imagePattern = /^!\[([^\]]*)\]\(([^\s)]+)(?: "([^"]*)")?\)$/

export function imageUrl(path: string): string {
  return `__GHOST_URL__/content/images/${path}.webp`
}

/** A line that is nothing but a picture. */
export function imageNode(line: string): LexicalNode | undefined {
  const match = imagePattern.exec(line)
  if (match === null) return undefined
  const [, alt = '', path = '', caption = ''] = match
  return {
    type: 'image',
    version: 1,
    src: imageUrl(path),
    ...imageSize,
    title: '',
    alt: curlyQuotes(alt),
    caption: inlineHtml(curlyQuotes(caption)),
    cardWidth: 'regular',
    href: '',
  }
}

/** Builds the Ghost card that a directive stands for. */
export function cardNode(directive: Directive, context: CardContext): LexicalNode {
  const { name, argument, lines } = directive
  const text = curlyQuotes(lines.join(' '))
  switch (name) {
    case 'callout': {
      const [emoji = '', colour = 'grey'] = argument.split(' ')
      const look = { calloutEmoji: emoji, backgroundColor: colour }
      return { type: 'callout', version: 1, calloutText: inlineHtml(text), ...look }
    }
    case 'toggle':
      return {
        type: 'toggle',
        version: 1,
        heading: inlineHtml(curlyQuotes(argument)),
        content: `<p>${inlineHtml(text)}</p>`,
      }
    case 'markdown':
      return { type: 'markdown', version: 1, markdown: apostrophes(lines.join('\n')) }
    case 'html':
      return {
        type: 'html',
        version: 1,
        html: apostrophes(lines.join('\n')),
        visibility: everybody,
      }
    case 'paywall':
      return { type: 'paywall', version: 1 }
    case 'button':
      return buttonNode(argument)
    case 'gallery':
      return galleryNode(lines)
    case 'bookmark':
      return bookmarkNode(directive, context)
    case 'product':
      return productNode(directive)
    default:
      throw new Error(`No card is called "${name}"`)
  }
}

const everybody = {
  web: { nonMember: true, memberSegment: 'status:free,status:-free' },
  email: { memberSegment: 'status:free,status:-free' },
}

/** Within Markdown and HTML only an apostrophe between letters is certain to be one. */
function apostrophes(text: string): string {
  return text.replaceAll(/(?<=\p{L})'(?=\p{L})/gu, '’')
}

function buttonNode(argument: string): LexicalNode {
  const match = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(argument)
  if (match === null) throw new Error(`A button is written [text](/path/): ${argument}`)
  const [, text = '', url = ''] = match
  return {
    type: 'button',
    version: 1,
    buttonText: curlyQuotes(text),
    alignment: 'center',
    buttonUrl: linkUrl(url),
  }
}

/** Pictures, one a line, then the caption. */
function galleryNode(lines: readonly string[]): LexicalNode {
  const images = lines.flatMap((line) => imagePattern.exec(line) ?? []).length
  const pictures = lines.slice(0, images / 4)
  return {
    type: 'gallery',
    version: 1,
    images: pictures.map((line, index) => {
      const [, alt = '', path = ''] = imagePattern.exec(line) ?? []
      const fileName = `${path.split('/').at(-1)}.webp`
      return {
        row: Math.floor(index / 3),
        src: imageUrl(path),
        ...imageSize,
        fileName,
        alt: curlyQuotes(alt),
      }
    }),
    caption: inlineHtml(curlyQuotes(lines.slice(images / 4).join(' '))),
  }
}

/** Title, description and publisher, one a line. */
function bookmarkNode({ argument, lines }: Directive, context: CardContext): LexicalNode {
  const [title = '', description = '', author = ''] = lines.map(curlyQuotes)
  const path = context.imageOf(argument.replaceAll('/', ''))
  const thumbnail = path === undefined ? '' : imageUrl(path)
  const metadata = { icon: '', title, description, author, publisher: 'Rose Ash', thumbnail }
  return { type: 'bookmark', version: 1, url: linkUrl(argument), metadata, caption: '' }
}

/** `title:`, `text:`, `button:` and `url:`, one a line; the argument is the picture. */
function productNode({ argument, lines }: Directive): LexicalNode {
  const field = (name: string): string =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
  return {
    type: 'product',
    version: 1,
    productImageSrc: imageUrl(argument),
    productImageWidth: imageSize.width,
    productImageHeight: imageSize.height,
    productTitle: inlineHtml(curlyQuotes(field('title'))),
    productDescription: `<p>${inlineHtml(curlyQuotes(field('text')))}</p>`,
    productRatingEnabled: false,
    productStarRating: 5,
    productButtonEnabled: true,
    productButton: field('button'),
    productUrl: linkUrl(field('url')),
  }
}

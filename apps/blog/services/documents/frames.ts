import { embedHosts } from '@rose-ash/shared/contracts/embed-hosts'
import type { Tag } from 'sanitize-html'

const players = new Set(embedHosts)
/** YouTube sets no cookies before somebody presses play when it is asked by its other name. */
const youTube = new Set(['youtube.com', 'www.youtube.com', 'm.youtube.com', 'youtube-nocookie.com'])

/** A frame from a known player, sealed and loaded late; of any other frame, a link to its page. */
export function safeFrame(attributes: Readonly<Record<string, string>>): Tag {
  const url = frameUrl(attributes['src'])
  if (!url) return { tagName: 'span', attribs: {} }
  if (!players.has(url.hostname) || url.protocol !== 'https:')
    return linkTo(url, attributes['title'])
  const { width, height, title } = attributes
  return {
    tagName: 'iframe',
    attribs: {
      src: url.href,
      title: title ?? `Embedded content from ${url.hostname}`,
      ...(isLength(width) && { width }),
      ...(isLength(height) && { height }),
      ...('allowfullscreen' in attributes && { allowfullscreen: '' }),
      loading: 'lazy',
      referrerpolicy: 'strict-origin-when-cross-origin',
      sandbox: 'allow-scripts allow-same-origin allow-popups allow-presentation',
    },
  }
}

function frameUrl(source: string | undefined): URL | undefined {
  const url = URL.parse(source?.trim().replace(/^\/\//, 'https://') ?? '')
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  if (youTube.has(url.hostname)) {
    url.protocol = 'https:'
    url.hostname = 'www.youtube-nocookie.com'
  }
  return url
}

function linkTo(url: URL, title: string | undefined): Tag {
  return {
    tagName: 'a',
    attribs: { href: url.href, class: 'kg-embed-link', rel: 'noopener' },
    text: title?.trim() || url.hostname,
  }
}

function isLength(value: string | undefined): value is string {
  return value !== undefined && /^\d{1,5}%?$/.test(value)
}

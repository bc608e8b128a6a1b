import type { Tag } from 'sanitize-html'

const youTube = /^(?:www\.|m\.)?youtube(?:-nocookie)?\.com$/

/**
 * A page of ours asks nobody else for anything, so what another site would show in a frame becomes a
 * link to it: it is asked when a reader says so.
 */
export function safeFrame(attributes: Readonly<Record<string, string>>): Tag {
  const url = frameUrl(attributes['src'])
  if (!url) return { tagName: 'span', attribs: {} }
  return {
    tagName: 'a',
    attribs: { href: url.href, class: 'kg-embed-link', rel: 'noopener' },
    text: attributes['title']?.trim() || url.hostname,
  }
}

function frameUrl(source: string | undefined): URL | undefined {
  const url = URL.parse(source?.trim().replace(/^\/\//, 'https://') ?? '')
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  return watchPage(url) ?? url
}

/** A player's address shows nothing useful outside a frame: its film has a page of its own. */
function watchPage(url: URL): URL | undefined {
  const film = youTube.test(url.hostname) && /^\/embed\/([\w-]+)/.exec(url.pathname)?.[1]
  return film ? new URL(`https://www.youtube.com/watch?v=${film}`) : undefined
}

import type { Tag } from 'sanitize-html'

type Attributes = Readonly<Record<string, string>>

/**
 * Pages take pictures, sound and film from this platform alone (Content-Security-Policy), so that
 * reading tells no third party. What lies elsewhere becomes a link to it; the body keeps the card.
 */
export function insideImage(tagName: string, attributes: Attributes): Tag {
  const { srcset, ...rest } = attributes
  if (!isElsewhere(attributes['src'])) {
    return { tagName, attribs: { ...rest, ...(srcset && !isElsewhere(srcset) && { srcset }) } }
  }
  return linkTo(attributes['src'], attributes['alt'] || 'Picture')
}

/** The same for audio and video. */
export function insideMedia(tagName: string, attributes: Attributes): Tag {
  if (isElsewhere(attributes['src'])) {
    return linkTo(attributes['src'], attributes['aria-label'] || attributes['title'] || tagName)
  }
  const { poster, ...rest } = attributes
  return { tagName, attribs: { ...rest, ...(poster && !isElsewhere(poster) && { poster }) } }
}

/** `<source>` and `<track>` offer choices; one from elsewhere is no choice. */
export function insideSource(tagName: string, attributes: Attributes): Tag {
  const outside = isElsewhere(attributes['src']) || isElsewhere(attributes['srcset'])
  return outside ? { tagName: 'span', attribs: {} } : { tagName, attribs: { ...attributes } }
}

/** Whether an address names another host. */
export function isElsewhere(address: string | undefined): address is string {
  return address !== undefined && /(^|,)\s*([a-z][a-z\d+.-]*:)?\/\//i.test(address)
}

function linkTo(address: string, name: string): Tag {
  const host = URL.parse(address.replace(/^\s*\/\//, 'https://'))?.hostname ?? 'another site'
  return {
    tagName: 'a',
    attribs: { href: address, class: 'kg-outside-media', rel: 'noopener' },
    text: `${name} (on ${host})`,
  }
}

import { changedAt, type Feed, type FeedItem } from './feed.ts'
import { around, element } from './xml.ts'

/** Atom 1.0 (RFC 4287). */
export function writeAtom(feed: Feed): string {
  const content = [
    element('title', feed.title),
    element('subtitle', feed.description),
    element('link', null, { href: feed.pageUrl, rel: 'alternate', type: 'text/html' }),
    element('link', null, { href: feed.selfUrl, rel: 'self', type: 'application/atom+xml' }),
    element('id', feed.pageUrl),
    element('updated', (changedAt(feed) ?? new Date(0)).toISOString()),
    ...feed.items.map((item) => writeEntry(item, feed)),
  ]
  const attributes = { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': feed.language }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${around('feed', content, attributes)}\n`
}

function writeEntry(item: FeedItem, feed: Feed): string {
  const { picture } = item
  // RFC 4287, 4.1.1: an entry has an author, or its feed has one.
  const authors = item.authors.length > 0 ? item.authors : [{ name: feed.title, url: feed.pageUrl }]
  return around(
    'entry',
    [
      element('title', item.title),
      element('link', null, { href: item.url, rel: 'alternate', type: 'text/html' }),
      element('id', idOf(item.guid)),
      element('published', item.publishedAt.toISOString()),
      element('updated', item.updatedAt.toISOString()),
      ...authors.map(({ name, url }) =>
        around('author', [element('name', name), element('uri', url)]),
      ),
      ...item.tags.map(({ name: term }) => element('category', null, { term })),
      picture
        ? element('link', null, {
            rel: 'enclosure',
            href: picture.url,
            type: picture.contentType,
            length: picture.sizeBytes,
            title: picture.alt || null,
          })
        : '',
      element('summary', item.summary),
      element('content', item.html, { type: 'html' }),
    ],
    { 'xml:lang': item.language },
  )
}

/** An IRI, as RFC 4287 4.2.6 asks for. Ghost has no Atom feed, so there is no older one to keep. */
function idOf(guid: string): string {
  return /^[0-9a-f]{8}-/.test(guid) ? `urn:uuid:${guid}` : `urn:ghost:${guid}`
}

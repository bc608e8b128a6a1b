import { changedAt, type Feed, type FeedItem } from './feed.ts'
import { around, element } from './xml.ts'

/** RSS 2.0 with the text as `content:encoded` and bylines as `dc:creator`, as Ghost writes it. */
export function writeRss(feed: Feed): string {
  const channel = around('channel', [
    element('title', feed.title),
    element('description', feed.description),
    element('link', feed.pageUrl),
    element('atom:link', null, { href: feed.selfUrl, rel: 'self', type: 'application/rss+xml' }),
    element('language', feed.language),
    element('lastBuildDate', changedAt(feed)?.toUTCString()),
    element('ttl', '60'),
    ...feed.items.map(writeItem),
  ])
  const namespaces = {
    version: '2.0',
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
    'xmlns:atom': 'http://www.w3.org/2005/Atom',
    'xmlns:media': 'http://search.yahoo.com/mrss/',
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${around('rss', [channel], namespaces)}\n`
}

function writeItem(item: FeedItem): string {
  const { picture } = item
  return around('item', [
    element('title', item.title),
    element('description', item.summary),
    element('link', item.url),
    element('guid', item.guid, { isPermaLink: 'false' }),
    ...item.tags.map(({ name }) => element('category', name)),
    ...item.authors.map(({ name }) => element('dc:creator', name)),
    element('pubDate', item.publishedAt.toUTCString()),
    picture
      ? element('media:content', null, {
          url: picture.url,
          medium: 'image',
          type: picture.contentType,
          fileSize: picture.sizeBytes,
          width: picture.width,
          height: picture.height,
        })
      : '',
    element('dc:language', item.language),
    element('content:encoded', item.html),
  ])
}

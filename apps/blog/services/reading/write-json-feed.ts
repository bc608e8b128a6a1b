import type { Feed, FeedItem } from './feed.ts'

/** JSON Feed 1.1. What the types of a post ask for stands under `_rose_ash`. */
export function writeJsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.description,
    home_page_url: feed.pageUrl,
    feed_url: feed.selfUrl,
    language: feed.language,
    items: feed.items.map(writeItem),
  })
}

function writeItem(item: FeedItem) {
  const { picture, fields } = item
  return {
    id: item.guid,
    url: item.url,
    title: item.title,
    summary: item.summary,
    content_html: item.html,
    date_published: item.publishedAt.toISOString(),
    date_modified: item.updatedAt.toISOString(),
    authors: item.authors,
    tags: item.tags.map(({ name }) => name),
    ...(item.language && { language: item.language }),
    ...(picture && { image: picture.url }),
    ...(Object.keys(fields).length > 0 && { _rose_ash: { fields } }),
  }
}

import type { Publisher } from '@rose-ash/shared/activitypub/publisher'
import type { PublicArticle } from '@rose-ash/shared/activitypub/serialise/article'
import { type Database, posts } from '../../models/index.ts'
import { createAbsoluteAddresses } from '../content-api/absolute-addresses.ts'
import type { GraphAccess } from '../graph/open-graph.ts'
import { isListed } from '../posts/is-listed.ts'
import { readFeedItems } from '../reading/feed-posts.ts'
import type { FeedItem } from '../reading/feed.ts'
import type { Site } from '../reading/head-of-post.ts'

/** Posts as the feeds have them: what a feed does not show, other servers are not told either. */
export function createPublisher({
  database,
  graph,
  site,
}: {
  readonly database: Database
  readonly graph: GraphAccess
  readonly site: Site
}): Publisher {
  const addresses = createAbsoluteAddresses(site.url)
  const read = async (scope: Parameters<typeof readFeedItems>[1]) => {
    const items = await readFeedItems(await graph.open(), scope, addresses)
    return items.map((item) => toArticle(item, site.language))
  }
  return {
    async find(id) {
      const [article] = await read({ kind: 'post', id })
      return article
    },
    list: (before) =>
      read(
        before
          ? { kind: 'before', id: before.postId, publishedAt: before.publishedAt }
          : { kind: 'site' },
      ),
    count: () => database.$count(posts, isListed(posts)),
  }
}

function toArticle(item: FeedItem, siteLanguage: string): PublicArticle {
  const { id: postId, title, url, summary, html, publishedAt, updatedAt, tags, picture } = item
  return {
    postId,
    title,
    url,
    summary,
    html,
    language: item.language ?? siteLanguage,
    publishedAt,
    updatedAt,
    tags,
    picture,
  }
}

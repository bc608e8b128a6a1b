import type { ActorAddresses } from '@rose-ash/shared/activitypub/addresses'
import { canRead, anonymousReader, type PostVisibility } from '@rose-ash/shared/contracts/paywall'
import type { HeadMeta, PageHead } from '@rose-ash/shared/infrastructure/view/page-head'
import type { MetaData } from '../../models/index.ts'
import { breadcrumbs } from './breadcrumbs.ts'
import { ownMeta, property, wholeAddress } from './own-meta.ts'

export interface HeadOfPost {
  readonly id: string
  readonly type: 'post' | 'page' | 'type' | 'relation'
  readonly slug: string
  readonly title: string
  /** What everybody may read of it in a few words. */
  readonly description: string
  readonly visibility: PostVisibility
  readonly publishedAt: Date | null
  readonly updatedAt: Date
  readonly language: string | null
  readonly meta: MetaData
  readonly featureImage: string | null
  readonly featureImageAlt: string | null
  readonly pictureWidth: number | null
  readonly pictureHeight: number | null
  readonly tags: readonly { readonly name: string; readonly slug: string }[]
  readonly authors: readonly { readonly name: string; readonly slug: string }[]
  readonly before: { readonly slug: string } | null
  readonly after: { readonly slug: string } | null
}

export interface Site {
  readonly url: string
  readonly name: string
  readonly language: string
  /** As other servers know it. */
  readonly actor: ActorAddresses
}

/** What search engines and other sites are told of a post: never anything that is not for everybody. */
export function headOfPost(post: HeadOfPost, site: Site): PageHead {
  const url = `${site.url}/${post.slug}/`
  const oembed = (format: string) => `${site.url}/oembed?${new URLSearchParams({ url, format })}`
  return {
    links: [
      ...feedLinks(site, ''),
      ...(post.before ? [{ rel: 'prev', href: `/${post.before.slug}/` }] : []),
      ...(post.after ? [{ rel: 'next', href: `/${post.after.slug}/` }] : []),
      ...(['json', 'xml'] as const).map((format) => ({
        rel: 'alternate',
        href: oembed(format),
        type: format === 'json' ? 'application/json+oembed' : 'text/xml+oembed',
        title: post.title,
      })),
      ...(post.type === 'post'
        ? [{ rel: 'alternate', href: site.actor.post(post.id), type: 'application/activity+json' }]
        : []),
    ],
    meta: metaOfPost(post, site),
    structured: structuredPost(post, site, url),
  }
}

/** The three feeds of a page at `path`, which begins without a slash and ends with one. */
export function feedLinks(
  { url, name }: Site,
  path: string,
  title: string = name,
): NonNullable<PageHead['links']> {
  const feeds = [
    ['rss/', 'application/rss+xml', 'RSS'],
    ['atom/', 'application/atom+xml', 'Atom'],
    ['feed.json', 'application/feed+json', 'JSON Feed'],
  ] as const
  return feeds.map(([ending, type, format]) => ({
    rel: 'alternate',
    href: `${url}/${path}${ending}`,
    type,
    title: `${title} (${format})`,
  }))
}

function metaOfPost(post: HeadOfPost, site: Site): readonly HeadMeta[] {
  const { meta, featureImage, featureImageAlt } = post
  const picture = meta.ogImage ?? featureImage
  const isMeasured = picture === featureImage
  return [
    ...property('og:type', post.type === 'post' ? 'article' : 'website'),
    ...ownMeta(meta, site.url),
    ...(picture && isMeasured
      ? [
          ...property('og:image:width', post.pictureWidth?.toString()),
          ...property('og:image:height', post.pictureHeight?.toString()),
          ...property('og:image:alt', featureImageAlt),
        ]
      : []),
    ...(post.type === 'post'
      ? [
          ...property('article:published_time', post.publishedAt?.toISOString()),
          ...property('article:modified_time', post.updatedAt.toISOString()),
          ...post.authors.flatMap(({ slug }) =>
            property('article:author', `${site.url}/author/${slug}/`),
          ),
          ...post.tags.flatMap(({ name }) => property('article:tag', name)),
        ]
      : []),
  ]
}

/** https://developers.google.com/search/docs/appearance/structured-data/paywalled-content */
function structuredPost(post: HeadOfPost, site: Site, url: string): object {
  const isFree = canRead(post.visibility, anonymousReader)
  const picture = wholeAddress(post.meta.ogImage ?? post.featureImage, site.url)
  const [firstTag] = post.tags
  const article = {
    '@type': post.type === 'post' ? 'Article' : 'WebPage',
    '@id': url,
    url,
    headline: post.title,
    description: post.description,
    inLanguage: post.language ?? site.language,
    ...(post.publishedAt && { datePublished: post.publishedAt.toISOString() }),
    dateModified: post.updatedAt.toISOString(),
    mainEntityOfPage: url,
    isAccessibleForFree: isFree,
    ...(!isFree && {
      hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.prose' },
    }),
    ...(picture && {
      image: {
        '@type': 'ImageObject',
        url: picture,
        ...(post.pictureWidth && { width: post.pictureWidth, height: post.pictureHeight }),
      },
    }),
    // A page has no byline.
    ...(post.type === 'post' && {
      author: post.authors.map(({ name, slug }) => ({
        '@type': 'Person',
        name,
        url: `${site.url}/author/${slug}/`,
      })),
    }),
    ...(post.tags.length > 0 && { keywords: post.tags.map(({ name }) => name).join(', ') }),
    publisher: { '@type': 'Organization', name: site.name, url: `${site.url}/` },
  }
  if (post.type !== 'post' || !firstTag) return { '@context': 'https://schema.org', ...article }
  const crumbs = breadcrumbs([
    [site.name, `${site.url}/`],
    [firstTag.name, `${site.url}/tag/${firstTag.slug}/`],
    [post.title, url],
  ])
  return { '@context': 'https://schema.org', '@graph': [article, crumbs] }
}

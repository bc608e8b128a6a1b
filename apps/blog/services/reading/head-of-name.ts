import type { PageHead } from '@rose-ash/shared/infrastructure/view/page-head'
import type { authors, MetaData, tags } from '../../models/index.ts'
import { isWebAddress } from '../documents/web-address.ts'
import { breadcrumbs } from './breadcrumbs.ts'
import { feedLinks, type Site } from './head-of-post.ts'
import { ownMeta, property, wholeAddress } from './own-meta.ts'

/** A tag or an author whose stories a page lists. */
export interface NamedList {
  readonly kind: 'tag' | 'author'
  readonly name: string
  /** Path of its first page. */
  readonly path: string
  readonly about: string | null
  readonly picture: string | null
  /** Above everything: a tag's picture, what an author has chosen. */
  readonly cover: string | null
  readonly website: string | null
  readonly location: string | null
  /** `#9a3f55`. */
  readonly accentColor: string | null
  /** Where it first stood, when that is not here. */
  readonly canonicalUrl: string | null
  readonly meta: MetaData
}

export function nameOfTag(tag: typeof tags.$inferSelect): NamedList {
  const { name, description: about, featureImage: picture, accentColor, canonicalUrl, meta } = tag
  const path = `/tag/${tag.slug}/`
  const ofPeople = { website: null, location: null }
  const shown = { picture, cover: picture, accentColor, ...ofPeople }
  return { kind: 'tag', name, path, about, ...shown, canonicalUrl, meta }
}

export function nameOfAuthor(author: typeof authors.$inferSelect): NamedList {
  const { name, bio: about, profileImage: picture, coverImage: cover, location, meta } = author
  const website = author.website && isWebAddress(author.website) ? author.website : null
  const path = `/author/${author.slug}/`
  const shown = { picture, cover, accentColor: null, website, location }
  return { kind: 'author', name, path, about, ...shown, canonicalUrl: null, meta }
}

/** What search engines and other sites are told of a tag or an author. */
export function headOfName(list: NamedList, site: Site): PageHead {
  return {
    links: feedLinks(site, list.path.slice(1), `${list.name} · ${site.name}`),
    meta: [
      ...(list.kind === 'author' ? property('og:type', 'profile') : []),
      ...ownMeta(list.meta, site.url),
    ],
    structured: list.kind === 'author' ? structuredAuthor(list, site) : structuredTag(list, site),
  }
}

function structuredAuthor(list: NamedList, site: Site): object {
  const image = wholeAddress(list.picture, site.url)
  return {
    '@context': 'https://schema.org',
    '@type': 'ProfilePage',
    url: site.url + list.path,
    mainEntity: {
      '@type': 'Person',
      '@id': site.url + list.path,
      name: list.name,
      url: site.url + list.path,
      ...(list.about && { description: list.about }),
      ...(image && { image }),
      ...(list.website && { sameAs: [list.website] }),
    },
  }
}

function structuredTag(list: NamedList, site: Site): object {
  const url = site.url + list.path
  const page = {
    '@type': 'CollectionPage',
    '@id': url,
    url,
    name: list.name,
    ...(list.about && { description: list.about }),
    isPartOf: { '@type': 'WebSite', name: site.name, url: `${site.url}/` },
  }
  const crumbs = breadcrumbs([
    [site.name, `${site.url}/`],
    [list.name, url],
  ])
  return { '@context': 'https://schema.org', '@graph': [page, crumbs] }
}

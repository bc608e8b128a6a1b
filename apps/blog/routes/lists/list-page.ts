import { initialOf } from '@rose-ash/shared/infrastructure/view/initial'
import type { Page } from '@rose-ash/shared/infrastructure/view/page'
import { headOfName, type NamedList } from '../../services/reading/head-of-name.ts'
import type { Site } from '../../services/reading/head-of-post.ts'
import { neighbourLinks, pageUrl, paginate } from './pagination.ts'
import type { PostList } from './queries.ts'

export interface ShownList extends NamedList {
  readonly list: PostList
  readonly pageNumber: number
}

/** One page of the stories of a tag or an author. */
export function listPage(shown: ShownList, site: Site): Page {
  const { name, about, path, meta, picture, list, pageNumber } = shown
  const pagination = paginate(path, { pageNumber, postCount: list.postCount })
  const description = meta.metaDescription ?? about
  const image = meta.ogImage ?? picture ?? shown.cover
  const head = headOfName(shown, site)
  return {
    template: 'pages/list',
    title: pageNumber === 1 ? (meta.metaTitle ?? name) : `${name}, page ${pageNumber}`,
    ...(description ? { description } : {}),
    ...(image ? { image } : {}),
    canonicalPath: pageUrl(path, pageNumber),
    ...(shown.canonicalUrl && pageNumber === 1 ? { canonicalUrl: shown.canonicalUrl } : {}),
    head: { ...head, links: [...(head.links ?? []), ...neighbourLinks(pagination)] },
    data: {
      heading: name,
      lead: about,
      cover: shown.cover,
      accentColor: shown.accentColor,
      location: shown.location,
      website: shown.website && { url: shown.website, host: new URL(shown.website).host },
      avatar: shown.kind === 'author' ? picture : null,
      initial: initialOf(name),
      hasFace: shown.kind === 'author',
      posts: list.cards.map((card) => ({ ...card, isLead: false })),
      postCount: list.postCount,
      pagination,
    },
  }
}

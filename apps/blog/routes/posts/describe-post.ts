import type { ActorAddresses } from '@rose-ash/shared/activitypub/addresses'
import { canRead, type PostReader, visibleHtml } from '@rose-ash/shared/contracts/paywall'
import type { FragmentRequest } from '@rose-ash/shared/infrastructure/fragments/client'
import { initialOf } from '@rose-ash/shared/infrastructure/view/initial'
import { objectName, relationName, typeName } from '../../services/graph/names.ts'
import type { Surroundings } from '../../services/graph/surroundings.ts'
import { showPicture } from '../../services/reading/picture.ts'
import { describeConversation } from '../comments/describe-conversation.ts'
import type { FullPost } from './queries.ts'

export function templateOf({ type }: FullPost): string {
  if (type === 'type' || type === 'relation') return 'pages/type'
  return type === 'page' ? 'pages/page' : 'pages/post'
}

/** As the graph names it. */
export function nameOf({ id, slug, type }: FullPost): string {
  if (type === 'type') return typeName(slug)
  return type === 'relation' ? relationName(slug) : objectName('post', id)
}

export function describeAsData(
  post: FullPost,
  { types, fields, related, relations }: Surroundings,
): object {
  const linkOf = ({ title, url }: { readonly title: string; readonly url: string }) => ({
    title,
    url,
  })
  return {
    title: post.title,
    url: `/${post.slug}/`,
    publishedAt: post.publishedAt,
    types: types.map(linkOf),
    fields: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
    related: related.map(linkOf),
    relations: relations.map(({ objects, ...relation }) => ({
      ...relation,
      objects: objects.map(linkOf),
    })),
  }
}

/** What the templates of a post show, with `html` as this reader may see it. */
export function describePost(
  post: FullPost,
  reader: PostReader,
  actor: ActorAddresses,
): { readonly html: string } & Readonly<Record<string, unknown>> {
  const publicTags = post.tags
    .filter((tag) => tag.visibility === 'public')
    .map((tag) => ({ name: tag.name, url: `/tag/${tag.slug}/` }))
  const { before, after } = post
  return {
    title: post.title,
    conversation: describeConversation(post, actor),
    lead: post.customExcerpt,
    html: visibleHtml(post.html, post.visibility, reader),
    isCut: !canRead(post.visibility, reader),
    visibility: post.visibility,
    signInUrl: `/auth/login?next=${encodeURIComponent(`/${encodeURIComponent(post.slug)}/`)}`,
    publishedAt: post.publishedAt,
    readingMinutes: post.readingMinutes,
    primaryTag: post.tags[0]?.visibility === 'public' ? publicTags[0] : null,
    tags: publicTags,
    authors: post.authors.map((author) => ({
      name: author.name,
      url: `/author/${author.slug}/`,
      bio: author.bio,
      avatar: author.profileImage,
      initial: initialOf(author.name),
    })),
    picture: post.featureImage && {
      ...showPicture({
        path: post.featureImage,
        alt: post.featureImageAlt,
        width: post.pictureWidth,
        placeholder: post.pictureBlur,
      }),
      captionHtml: post.featureImageCaption,
      width: post.pictureWidth ?? 1600,
      height: post.pictureHeight ?? 1000,
    },
    before: before && { title: before.title, url: `/${before.slug}/` },
    after: after && { title: after.title, url: `/${after.slug}/` },
  }
}

/** A page shows what hangs on it; a post shows the events that it tells of. */
export function fragmentsOf(post: FullPost): Record<string, FragmentRequest> {
  if (post.type === 'page') {
    const parameters = { containerType: 'page', containerId: post.id }
    return {
      menu: { provider: 'blog', type: 'nav-tree', parameters },
      calendars: { provider: 'events', type: 'container-nav', parameters },
      markets: { provider: 'market', type: 'container-nav', parameters },
    }
  }
  return {
    events: { provider: 'events', type: 'container-cards', parameters: { postIds: post.id } },
  }
}

import type { ActorAddresses } from '../addresses.ts'
import { contexts, everybody } from '../contexts.ts'

/** A post as everybody may read it. Whoever makes one has sent its html through the paywall. */
export interface PublicArticle {
  readonly postId: string
  readonly title: string
  readonly url: string
  readonly summary: string
  readonly html: string
  readonly language: string
  readonly publishedAt: Date
  readonly updatedAt: Date
  readonly tags: readonly { readonly name: string; readonly url: string }[]
  readonly picture: {
    readonly url: string
    readonly contentType: string | null
    readonly alt: string
  } | null
}

/** The object alone, without a context, as it stands in activities. FEP-b2b8: long-form text. */
export function articleObject(article: PublicArticle, addresses: ActorAddresses): object {
  const { postId, title, url, summary, html, language, publishedAt, updatedAt } = article
  const common = { attributedTo: addresses.actor, published: publishedAt.toISOString() }
  return {
    id: addresses.post(postId),
    type: 'Article',
    ...common,
    ...(updatedAt > publishedAt && { updated: updatedAt.toISOString() }),
    to: [everybody],
    cc: [addresses.followers],
    name: title,
    ...(summary && { summary }),
    content: html,
    contentMap: { [language]: html },
    url,
    tag: article.tags.map(({ name, url: href }) => ({
      type: 'Hashtag',
      href,
      name: hashtag(name),
    })),
    ...(article.picture && { image: picture(article.picture) }),
    // For programs that show short messages only.
    preview: { type: 'Note', ...common, content: shortForm(article) },
  }
}

export function serialiseArticle(article: PublicArticle, addresses: ActorAddresses): object {
  return { '@context': contexts.writing, ...articleObject(article, addresses) }
}

/** https://www.w3.org/TR/activitypub/#delete-activity-outbox */
export function tombstone(uri: string, deletedAt: Date): object {
  return {
    '@context': contexts.plain,
    id: uri,
    type: 'Tombstone',
    formerType: 'Article',
    deleted: deletedAt.toISOString(),
  }
}

function picture({ url, contentType, alt }: NonNullable<PublicArticle['picture']>): object {
  return {
    type: 'Image',
    url,
    ...(contentType && { mediaType: contentType }),
    ...(alt && { name: alt }),
  }
}

/** `#BreadAndButter` of “Bread and butter”: what is no letter, number or underline ends a hashtag. */
function hashtag(name: string): string {
  const words = name.split(/[^\p{L}\p{N}_]+/u).filter(Boolean)
  const [first = '', ...others] = words
  return `#${first}${others.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')}`
}

function shortForm({ title, summary, url }: PublicArticle): string {
  const lead = summary ? `<p>${escape(summary)}</p>` : ''
  const link = escape(url)
  return `<p><strong>${escape(title)}</strong></p>${lead}<p><a href="${link}">${link}</a></p>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '')
}

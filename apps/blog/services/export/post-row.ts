import type { posts } from '../../models/index.ts'
import { isDocument, type LexicalDocument } from '../documents/lexical.ts'
import { ownImage, webAddress } from '../ghost/addresses.ts'
import { restoreUnknownNodes } from './restore-unknown-nodes.ts'
import type { SiteAddresses } from './site-addresses.ts'

export type ExportedPost = typeof posts.$inferSelect & { readonly type: 'post' | 'page' }

export interface PostRowTools {
  readonly addresses: SiteAddresses
  readonly id: string
  /** Whether `id` is the one under which it came. */
  readonly isOriginal: boolean
}

type Row = Record<string, unknown>

/**
 * A post as a row of Ghost's table `posts`. What is edited here is taken from our columns; what Ghost had
 * besides comes back as it was.
 */
export function postRow(post: ExportedPost, { addresses, id, isOriginal }: PostRowTools): Row {
  const extra = post.sourceExtra
  const kept = Object.entries(extra).filter(([name]) => !ours.has(name))
  return {
    ...ghostDefaults,
    ...Object.fromEntries(kept.map(([name, value]) => [name, restored(value, addresses)])),
    id,
    uuid: (isOriginal && text(extra['uuid'])) || post.id,
    title: post.title,
    slug: post.slug,
    ...bodyOf(post, addresses),
    comment_id: text(extra['comment_id']) ?? id,
    plaintext: post.plaintext,
    feature_image: address(original(extra['feature_image'], post.featureImage, ownImage)),
    featured: Number(post.featured),
    type: post.type,
    status: post.status,
    locale: post.language,
    visibility: visibilityOf(post),
    created_at: post.createdAt,
    updated_at: post.updatedAt,
    published_at: post.publishedAt,
    custom_excerpt: post.customExcerpt,
    codeinjection_head: html(post.codeHead ?? text(extra['codeinjection_head'])),
    codeinjection_foot: html(post.codeFoot ?? text(extra['codeinjection_foot'])),
    canonical_url: address(original(extra['canonical_url'], post.canonicalUrl, webAddress)),
  }

  function address(value: string | null): string | null {
    return value === null ? null : addresses.address(value)
  }
  function html(value: string | null): string | null {
    return value === null ? null : addresses.html(value)
  }
}

/** The row of `posts_meta`; undefined when there is nothing to say, as in Ghost. */
export function postMetaRow(
  post: Pick<ExportedPost, 'meta' | 'sourceExtra' | 'featureImageAlt' | 'featureImageCaption'>,
  { addresses, id, postId }: { addresses: SiteAddresses; id: string; postId: string },
): Row | undefined {
  const { meta, sourceExtra: extra } = post
  const image = (sourceName: string, here: string | undefined) => {
    const found = original(extra[sourceName], here ?? null, ownImage)
    return found === null ? null : addresses.address(found)
  }
  const row = {
    og_image: image('og_image', meta.ogImage),
    og_title: meta.ogTitle ?? null,
    og_description: meta.ogDescription ?? null,
    twitter_image: image('twitter_image', meta.twitterImage),
    twitter_title: meta.twitterTitle ?? null,
    twitter_description: meta.twitterDescription ?? null,
    meta_title: meta.metaTitle ?? null,
    meta_description: meta.metaDescription ?? null,
    email_subject: extra['email_subject'] ?? null,
    frontmatter: extra['frontmatter'] ?? null,
    feature_image_alt: post.featureImageAlt,
    feature_image_caption:
      post.featureImageCaption === null ? null : addresses.html(post.featureImageCaption),
  }
  const saysSomething = Object.values(row).some((value) => value !== null)
  if (!saysSomething && !('email_only' in extra)) return undefined
  return { id, post_id: postId, ...row, email_only: extra['email_only'] ?? 0 }
}

/** Columns that Ghost has and we do not, for posts that were written here. */
const ghostDefaults: Row = {
  email_recipient_filter: 'all',
  custom_template: null,
  newsletter_id: null,
  show_title_and_feature_image: 1,
}

/** Of `sourceExtra`: what has a column of ours, belongs to another table, or is for the import alone. */
const ours: ReadonlySet<string> = new Set(
  `uuid slug comment_id feature_image canonical_url visibility tiers created_at updated_at published_at
  mobiledoc html lexical unknownNodes og_image twitter_image email_subject frontmatter email_only
  codeinjection_head codeinjection_foot`.split(/\s+/),
)

/** The body in the form in which it came, as long as nobody has changed it here. */
function bodyOf(post: ExportedPost, addresses: SiteAddresses): Row {
  const { sourceExtra: extra } = post
  const mobiledoc = text(extra['mobiledoc'])
  const html = text(extra['html'])
  const isAsItCame = !wasEditedHere(post) && !extra['damagedLexical']
  if (isAsItCame && (mobiledoc !== null || html !== null)) {
    return {
      mobiledoc: mobiledoc && addresses.mobiledoc(mobiledoc),
      lexical: null,
      html: html && addresses.html(html),
    }
  }
  return {
    mobiledoc: null,
    lexical: JSON.stringify(addresses.lexical(documentOf(post))),
    html: post.html === '' ? null : addresses.html(post.html),
  }
}

/** With what this platform does not know in its place. */
export function documentOf(post: Pick<ExportedPost, 'lexical' | 'sourceExtra'>): LexicalDocument {
  const { lexical, sourceExtra } = post
  const document: LexicalDocument = isDocument(lexical) ? lexical : emptyDocument
  return restoreUnknownNodes(document, sourceExtra['unknownNodes'])
}

const emptyDocument: LexicalDocument = {
  root: { children: [], direction: null, format: '', indent: 0, type: 'root', version: 1 },
}

/** An import stores Ghost's own time of change; a later one was made here. */
function wasEditedHere({ updatedAt, sourceExtra }: ExportedPost): boolean {
  const changedThere = Date.parse(text(sourceExtra['updated_at']) ?? '')
  return Number.isNaN(changedThere) || updatedAt.getTime() > changedThere
}

/** Ghost 4 could store any filter, which is read as `tiers`. */
function visibilityOf(post: ExportedPost): string {
  const filter = text(post.sourceExtra['visibility'])
  return post.visibility === 'tiers' && filter && !wasEditedHere(post) ? filter : post.visibility
}

/** What came from there, where our column is what the import made of it. */
function original(
  kept: unknown,
  column: string | null,
  imported: (value: string) => string | null,
): string | null {
  return typeof kept === 'string' && imported(kept) === column ? kept : column
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function restored(value: unknown, addresses: SiteAddresses): unknown {
  return typeof value === 'string' ? addresses.html(value) : value
}

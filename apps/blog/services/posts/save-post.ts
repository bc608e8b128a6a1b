import { isDeepStrictEqual } from 'node:util'
import type { KvReader, KvWriter } from '../../graph/kv/kv-store.ts'
import type { Transaction } from '../../models/index.ts'
import type { RenderedDocument } from '../documents/render.ts'
import { type FieldProblem, readFields, writeFieldValues } from '../graph/field-values.ts'
import { impliedEdges } from '../graph/implied-edges.ts'
import { objectName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { fieldsOfTypes, typesAbove } from '../graph/types-of.ts'
import { tellOfPostTags } from '../tags/tell-of-tags.ts'
import { findSlug } from './find-slug.ts'
import { ensureAuthorOf, ensureTags, storeNames } from './name-lists.ts'
import { announce, type PostChange } from './post-change.ts'
import { findPostMessages } from './post-messages.ts'
import { lockPosts, type PostContent, type PostRow, readContent } from './read-content.ts'
import { relatePost } from './relate-post.ts'
import { keepRevision, type RevisionReason } from './revisions.ts'
import { storeRow } from './store-row.ts'

export interface SaveRequest {
  /** Undefined for a new post. */
  readonly id: string | undefined
  /** The id that a new post is to have; one that has it already is the same, sent again. */
  readonly newId?: string | undefined
  readonly type: 'post' | 'page'
  /** `fields` as a form sends them, or as they are stored; `slug` empty for one made of the title. */
  readonly content: PostContent
  /** Names in place of the slugs in `content.tags`: those that are new are made. */
  readonly tagNames?: readonly string[]
  /** Names of tags to be put behind those in `content.tags`. */
  readonly addTagNames?: readonly string[]
  /** Of `content.lexical`; undefined when the body stays as it is. */
  readonly body: RenderedDocument | undefined
  /** The version that whoever saves has seen; undefined to save over whatever is there. */
  readonly seenVersion?: number | undefined
  readonly reason: RevisionReason
  readonly user?: { readonly id: string; readonly displayName: string } | undefined
}

export type SaveResult =
  | { readonly status: 'saved'; readonly version: number; readonly change: PostChange }
  | { readonly status: 'unchanged'; readonly version: number; readonly id: string }
  | { readonly status: 'collision'; readonly version: number }
  | {
      readonly status: 'refused'
      readonly messages: readonly string[]
      readonly problems: readonly FieldProblem[]
    }

/**
 * Stores a post with its names, types and the values of their fields, all or nothing, and keeps the revision. A post
 * that its types do not take as it is is refused with what they say; one that somebody else has saved meanwhile is a
 * collision. Its fields are there before anybody hears that it is published.
 */
export async function savePost(graph: Graph, request: SaveRequest): Promise<SaveResult> {
  const result = await graph.store.exclusively((inside, transaction) =>
    saveInside(graph, { inside, transaction }, request),
  )
  await graph.views.follow()
  return result
}

export interface Inside {
  readonly inside: KvReader & KvWriter
  readonly transaction: Transaction
}

/** As `savePost`, within a transaction that does more. */
export async function saveInside(
  graph: Graph,
  { inside, transaction }: Inside,
  request: SaveRequest,
): Promise<SaveResult> {
  await graph.views.follow()
  const id = request.id ?? request.newId
  const [known] = id ? await lockPosts(transaction, [id]) : []
  if (request.id && !known) return refused('This post is not here any more.')
  if (known && request.seenVersion !== undefined && request.seenVersion !== known.version)
    return { status: 'collision', version: known.version }

  const before = known && (await readContent(transaction, inside, known))
  const above = typesAbove(graph, request.content.types)
  const { values, problems } = readFields(
    graph,
    fieldsOfTypes(graph, above),
    asForm(request.content.fields),
  )
  const html = request.body?.html ?? known?.html ?? ''
  const wanted = scheduled({ ...request.content, title: request.content.title.trim() })
  const slug = await findSlug(transaction, { type: request.type, wanted, known })
  const messages = await findPostMessages(graph, transaction, {
    wanted,
    slugMessages: slug.messages,
    html,
    typesAbove: above,
  })
  if (messages.length + problems.length > 0) return { status: 'refused', messages, problems }

  const named = request.tagNames ?? request.addTagNames
  const made = named && (await ensureTags(transaction, named))
  const tags = [...(request.tagNames ? [] : wanted.tags), ...(made?.slugs ?? [])]
  const content: PostContent = {
    ...wanted,
    slug: slug.slug,
    tags: [...new Set(tags)],
    authors: await bylineOf(transaction, wanted, {
      known: request.id ? known : undefined,
      user: request.user,
    }),
    fields: { ...before?.fields, ...values },
  }
  if (known && before && known.status !== 'trashed' && isDeepStrictEqual(before, content))
    return { status: 'unchanged', version: known.version, id: known.id }
  if (known && before) {
    // What was here before revisions were kept, or came by an import.
    const first = {
      postId: known.id,
      version: known.version,
      reason: 'import',
      userId: null,
    } as const
    await keepRevision(transaction, { ...first, content: before })
  }
  const impliedBefore = known ? await impliedEdges(transaction, [known]) : []
  const after = await storeRow(transaction, {
    newId: request.newId,
    type: request.type,
    body: request.body,
    content,
    known,
    html,
  })
  const object = objectName('post', after.id)
  await storeNames(transaction, after.id, content)
  await inside.write([await writeFieldValues(inside, object, values)])
  await relatePost(inside, transaction, {
    impliedBefore,
    object,
    row: after,
    types: content.types,
    newTagIds: made?.newTagIds ?? [],
  })
  await keepRevision(transaction, {
    postId: after.id,
    version: after.version,
    reason: request.reason,
    content,
    userId: request.user?.id ?? null,
  })
  const names = {
    tags: [...new Set([...(before?.tags ?? []), ...content.tags])],
    authors: [...new Set([...(before?.authors ?? []), ...content.authors])],
  }
  const change = { id: after.id, type: request.type, before: known, after, names }
  await announce(transaction, change)
  await tellOfPostTags(transaction, {
    id: after.id,
    type: request.type,
    isPublic: after.status === 'published',
    before: known?.status === 'published' ? before?.tags : undefined,
    after: content.tags,
  })
  return { status: 'saved', version: after.version, change }
}

function refused(message: string): SaveResult {
  return { status: 'refused', messages: [message], problems: [] }
}

/** What is published in the future waits for its time, and what waited for a time that has passed is out. */
function scheduled(content: PostContent): PostContent {
  const at = content.publishedAt ? Date.parse(content.publishedAt) : undefined
  if (content.status === 'published' && at === undefined)
    return { ...content, publishedAt: new Date().toISOString() }
  if (content.status === 'published' && at !== undefined && at > Date.now())
    return { ...content, status: 'scheduled' }
  if (content.status === 'scheduled' && at !== undefined && at <= Date.now())
    return { ...content, status: 'published' }
  return content
}

async function bylineOf(
  transaction: Transaction,
  { authors }: PostContent,
  { known, user }: { readonly known: PostRow | undefined; readonly user: SaveRequest['user'] },
): Promise<readonly string[]> {
  if (authors.length > 0 || known || !user) return [...new Set(authors)]
  return [await ensureAuthorOf(transaction, user)]
}

/** Stored values become what a form would send of them. */
function asForm(fields: PostContent['fields']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      `field-${name}`,
      value === true ? 'on' : value === false ? '' : String(value),
    ]),
  )
}

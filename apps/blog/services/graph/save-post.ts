import { and, eq } from 'drizzle-orm'
import { createEdges } from '../../graph/edges.ts'
import { posts, type Transaction } from '../../models/index.ts'
import { blankDocument } from '../documents/lexical.ts'
import type { DocumentRenderer, RenderedDocument } from '../documents/render.ts'
import { freeSlug, isSlugFor, wantedSlug } from '../ghost/slugs.ts'
import { tellOfPost } from '../posts/tell-of-post.ts'
import { describeObjects } from './describe-objects.ts'
import { type FieldProblem, readFields, writeFieldValues } from './field-values.ts'
import { markdownDocument } from './markdown-body.ts'
import { objectName, typeName } from './names.ts'
import type { Graph } from './open-graph.ts'
import { isCandidate } from './relate.ts'
import { findMissingBlocks } from './schema-check.ts'
import { fieldsOfTypes, schemaOfTypes, typesAbove } from './types-of.ts'

export interface PostDraft {
  /** Undefined for a new post. */
  readonly id: string | undefined
  readonly title: string
  /** Undefined to leave a body that was written elsewhere as it is. */
  readonly markdown: string | undefined
  /** Slugs of the types that the post is declared to be of. */
  readonly types: readonly string[]
  readonly isPublished: boolean
  /** What the form sent, with `field-<name>`. */
  readonly form: Readonly<Record<string, unknown>>
}

export type SaveResult =
  | { readonly status: 'saved'; readonly id: string; readonly slug: string }
  | {
      readonly status: 'refused'
      readonly messages: readonly string[]
      readonly problems: readonly FieldProblem[]
    }

/**
 * Stores a post with its types and the values of their fields, all or nothing. A post that its types do not take as
 * it is is refused with what they say. Its fields are there before anybody hears that it is published.
 */
export async function savePost(
  graph: Graph,
  renderer: DocumentRenderer,
  draft: PostDraft,
): Promise<SaveResult> {
  const { markdown } = draft
  const body =
    markdown === undefined ? undefined : await renderer.render(markdownDocument(markdown))
  const title = draft.title.trim()
  const result = await graph.store.exclusively(async (inside, transaction): Promise<SaveResult> => {
    await graph.views.follow()
    const above = typesAbove(graph, draft.types)
    const { values, problems } = readFields(graph, fieldsOfTypes(graph, above), draft.form)
    const known = await findKnown(transaction, draft.id)
    if (draft.id && !known)
      return { status: 'refused', messages: ['This post is not here any more.'], problems }
    const html = body?.html ?? known?.html ?? ''
    const messages = [
      ...(title === '' ? ['A post needs a title.'] : []),
      ...(await findWrongTypes(graph, transaction, draft.types)),
      ...findMissingBlocks(html, schemaOfTypes(graph, above)),
    ]
    if (messages.length + problems.length > 0) return { status: 'refused', messages, problems }
    const stored = await storePost(transaction, { ...draft, title, known, body })
    const object = objectName('post', stored.id)
    const edges = createEdges(inside, () => false)
    const before = await edges.targets(object, 'is-a')
    const wanted = draft.types.map(typeName)
    const edgeTo = (target: string) => ({ source: object, kind: 'is-a', target })
    await inside.write([await writeFieldValues(inside, object, values)])
    await edges.change({
      add: wanted.map(edgeTo),
      remove: before.filter((type) => !wanted.includes(type)).map(edgeTo),
    })
    if (stored.change)
      await tellOfPost(transaction, {
        change: stored.change,
        id: stored.id,
        slug: stored.slug,
        isPage: known?.type === 'page',
        visibility: 'public',
      })
    return { status: 'saved', id: stored.id, slug: stored.slug }
  })
  await graph.views.follow()
  return result
}

async function findWrongTypes(
  graph: Graph,
  transaction: Transaction,
  types: readonly string[],
): Promise<readonly string[]> {
  const described = await describeObjects(transaction, types.map(typeName))
  return types.flatMap((slug) =>
    described.has(typeName(slug)) && isCandidate(graph, 'is-a', typeName(slug))
      ? []
      : [`There is no type “${slug}”.`],
  )
}

interface StoredPost {
  readonly id: string
  readonly slug: string
  readonly change: 'Create' | 'Update' | 'Delete' | undefined
}

type KnownPost = typeof posts.$inferSelect

async function findKnown(
  transaction: Transaction,
  id: string | undefined,
): Promise<KnownPost | undefined> {
  if (id === undefined) return undefined
  const [known] = await transaction.select().from(posts).where(eq(posts.id, id)).for('update')
  return known
}

interface StoredDraft extends PostDraft {
  readonly known: KnownPost | undefined
  readonly body: RenderedDocument | undefined
}

async function storePost(transaction: Transaction, draft: StoredDraft): Promise<StoredPost> {
  const { known, body } = draft
  const wanted = wantedSlug(undefined, draft.title)
  const isTaken = async (slug: string) => {
    const found = await transaction
      .select({ id: posts.id })
      .from(posts)
      .where(and(eq(posts.type, known?.type ?? 'post'), eq(posts.slug, slug)))
    return found.some(({ id }) => id !== known?.id)
  }
  // An address that is known stays.
  const keepsSlug = known && (known.status === 'published' || isSlugFor(known.slug, wanted))
  const slug = keepsSlug ? known.slug : await freeSlug(wanted, isTaken)
  const status = draft.isPublished ? 'published' : 'draft'
  const publishedAt = known?.publishedAt ?? (draft.isPublished ? new Date() : null)
  const values = { title: draft.title, slug, status, publishedAt, ...columnsOf(body) } as const
  const [row] = known
    ? await transaction
        .update(posts)
        .set({ ...values, updatedAt: new Date() })
        .where(eq(posts.id, known.id))
        .returning({ id: posts.id })
    : await transaction
        .insert(posts)
        .values({ type: 'post', lexical: blankDocument, ...values })
        .returning({ id: posts.id })
  if (!row) throw new Error('PostgreSQL did not return the post that it stored')
  return { id: row.id, slug, change: changeOf(known?.status === 'published', draft.isPublished) }
}

function columnsOf(body: RenderedDocument | undefined) {
  if (!body) return {}
  const { lexical, html, plaintext, readingMinutes } = body
  return { lexical, html, plaintext, readingMinutes }
}

function changeOf(wasPublic: boolean, isPublic: boolean): StoredPost['change'] {
  if (!wasPublic) return isPublic ? 'Create' : undefined
  return isPublic ? 'Update' : 'Delete'
}

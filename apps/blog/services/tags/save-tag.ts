import { eq } from 'drizzle-orm'
import { createEdges } from '../../graph/edges.ts'
import { tagGroups, tags, type Transaction } from '../../models/index.ts'
import { addRedirect } from '../ghost/redirects.ts'
import { objectName, typeName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { adoptPaths } from '../navigation/adopt-paths.ts'
import { findFreeSlug } from './find-free-slug.ts'
import { pathOf, tagTable } from './name-tables.ts'
import {
  isInternalName,
  isOwnPicture,
  notOurs,
  type Problems,
  slugOfTag,
  type TagForm,
} from './tag-draft.ts'
import { tellOfTag } from './tell-of-tags.ts'

export type SaveResult =
  | { readonly status: 'saved'; readonly id: string }
  | { readonly status: 'refused'; readonly problems: Problems }
  /** It has been changed since the form was opened. */
  | { readonly status: 'conflict' }
  | { readonly status: 'gone' }

/** Makes a tag when `id` is undefined. A tag that has moved leaves a redirect. */
export async function saveTag(
  graph: Graph,
  id: string | undefined,
  form: TagForm,
): Promise<SaveResult> {
  const { store, views } = graph
  const result = await store.exclusively(async (inside, transaction): Promise<SaveResult> => {
    const known = id === undefined ? undefined : await lockTag(transaction, id)
    if (id !== undefined && !known) return { status: 'gone' }
    if (known && known.updatedAt.toISOString() !== form.seenAt) return { status: 'conflict' }
    const isChosen = form.slug !== '' && form.slug !== known?.slug
    const wanted = slugOfTag(form)
    const found =
      known && wanted === known.slug
        ? { slug: wanted }
        : await findFreeSlug(transaction, tagTable, { wanted, isChosen, id })
    if ('problem' in found) return { status: 'refused', problems: { slug: found.problem } }
    if (!isOwnPicture(form.featureImage, known?.featureImage))
      return { status: 'refused', problems: { featureImage: notOurs } }
    if (!(await isGroup(transaction, form.groupId)))
      return { status: 'refused', problems: { groupId: 'That group is not there any more.' } }
    const values = { ...columnsOf(form, known), slug: found.slug }
    if (!known) {
      const [made] = await transaction.insert(tags).values(values).returning({ id: tags.id })
      const edge = {
        source: objectName('tag', made!.id),
        kind: 'is-a',
        target: typeName('tag'),
      }
      await createEdges(inside, () => false).add(edge)
      await tellOfTag(transaction, { id: made!.id, before: undefined })
      return { status: 'saved', id: made!.id }
    }
    await adoptPaths(transaction)
    await transaction.update(tags).set(values).where(eq(tags.id, known.id))
    await tellOfTag(transaction, { id: known.id, before: known })
    if (known.visibility === 'public' && found.slug !== known.slug)
      await addRedirect(transaction, {
        from: pathOf('tag', known.slug),
        to: pathOf('tag', found.slug),
      })
    return { status: 'saved', id: known.id }
  })
  await views.follow()
  return result
}

type TagRow = typeof tags.$inferSelect

async function lockTag(transaction: Transaction, id: string): Promise<TagRow | undefined> {
  const [row] = await transaction.select().from(tags).where(eq(tags.id, id)).for('update')
  return row
}

async function isGroup(transaction: Transaction, groupId: string): Promise<boolean> {
  if (groupId === '') return true
  const found = await transaction
    .select({ id: tagGroups.id })
    .from(tagGroups)
    .where(eq(tagGroups.id, groupId))
  return found.length > 0
}

function columnsOf(form: TagForm, known: TagRow | undefined) {
  const { metaTitle: _title, metaDescription: _description, ...meta } = known?.meta ?? {}
  return {
    name: form.name,
    visibility: isInternalName(form.name) ? ('internal' as const) : ('public' as const),
    description: form.description || null,
    featureImage: form.featureImage || null,
    accentColor: form.accentColor.toLowerCase() || null,
    canonicalUrl: form.canonicalUrl || null,
    groupId: form.groupId || null,
    meta: {
      ...meta,
      ...(form.metaTitle && { metaTitle: form.metaTitle }),
      ...(form.metaDescription && { metaDescription: form.metaDescription }),
    },
    updatedAt: new Date(),
  }
}

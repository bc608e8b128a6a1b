import { asc, eq, max, sql } from 'drizzle-orm'
import { type Database, tagGroups, tags, type Transaction } from '../../models/index.ts'
import { freeSlug, slugify } from '../ghost/slugs.ts'

/** One thing that an editor does to the groups of tags. */
export type GroupChange =
  | { readonly action: 'create'; readonly name: string; readonly description: string }
  | {
      readonly action: 'rename'
      readonly id: string
      readonly name: string
      readonly description: string
    }
  | { readonly action: 'up' | 'down' | 'delete'; readonly id: string }
  /** A tag among those of its group. */
  | { readonly action: 'tag-up' | 'tag-down'; readonly id: string }

/** False when the group or the tag is not there any more. Tags of a group that is deleted stay, without one. */
export async function changeGroups(database: Database, change: GroupChange): Promise<boolean> {
  return database.transaction(async (transaction) => {
    // One after the other, so that places stay without gaps.
    await transaction.execute(sql`select pg_advisory_xact_lock(7675, 1)`)
    switch (change.action) {
      case 'create':
        await create(transaction, change)
        return true
      case 'rename': {
        const { id, name, description } = change
        const changed = await transaction
          .update(tagGroups)
          .set({ name, description: description || null, updatedAt: new Date() })
          .where(eq(tagGroups.id, id))
          .returning({ id: tagGroups.id })
        return changed.length > 0
      }
      case 'delete': {
        const deleted = await transaction
          .delete(tagGroups)
          .where(eq(tagGroups.id, change.id))
          .returning({ id: tagGroups.id })
        return deleted.length > 0
      }
      case 'up':
      case 'down':
        return moveGroup(transaction, change.id, change.action === 'up' ? -1 : 1)
      case 'tag-up':
      case 'tag-down':
        return moveTag(transaction, change.id, change.action === 'tag-up' ? -1 : 1)
    }
  })
}

async function create(
  transaction: Transaction,
  { name, description }: { readonly name: string; readonly description: string },
): Promise<void> {
  const slug = await freeSlug(slugify(name) || 'group', async (other) => {
    const found = await transaction
      .select({ id: tagGroups.id })
      .from(tagGroups)
      .where(eq(tagGroups.slug, other))
    return found.length > 0
  })
  const [last] = await transaction.select({ place: max(tagGroups.sortOrder) }).from(tagGroups)
  const sortOrder = (last?.place ?? -1) + 1
  await transaction
    .insert(tagGroups)
    .values({ slug, name, description: description || null, sortOrder })
}

async function moveGroup(transaction: Transaction, id: string, step: -1 | 1): Promise<boolean> {
  const rows = await transaction
    .select({ id: tagGroups.id })
    .from(tagGroups)
    .orderBy(asc(tagGroups.sortOrder), asc(tagGroups.name))
  return writeOrder(transaction, tagGroups, { ids: rows.map((row) => row.id), id, step })
}

async function moveTag(transaction: Transaction, id: string, step: -1 | 1): Promise<boolean> {
  const [tag] = await transaction
    .select({ groupId: tags.groupId })
    .from(tags)
    .where(eq(tags.id, id))
  if (!tag?.groupId) return false
  const rows = await transaction
    .select({ id: tags.id })
    .from(tags)
    .where(eq(tags.groupId, tag.groupId))
    .orderBy(asc(tags.sortOrder), asc(tags.name))
  return writeOrder(transaction, tags, { ids: rows.map((row) => row.id), id, step })
}

/** 0, 1, 2 … in one statement. At an end nothing moves. */
async function writeOrder(
  transaction: Transaction,
  table: typeof tagGroups | typeof tags,
  {
    ids,
    id,
    step,
  }: { readonly ids: readonly string[]; readonly id: string; readonly step: -1 | 1 },
): Promise<boolean> {
  const from = ids.indexOf(id)
  if (from < 0) return false
  const to = from + step
  if (to < 0 || to >= ids.length) return true
  const ordered = ids.with(from, ids[to]!).with(to, id)
  await transaction.execute(sql`
    update ${table} set sort_order = wanted.place - 1
    from jsonb_array_elements_text(${JSON.stringify(ordered)}::jsonb) with ordinality as wanted (id, place)
    where ${table.id} = wanted.id::uuid and ${table.sortOrder} <> wanted.place - 1`)
  return true
}

import { asc, eq, ilike, or, sql } from 'drizzle-orm'
import { type Database, posts, postTags, tagGroups, tags } from '../../models/index.ts'

export type TagGroup = Pick<typeof tagGroups.$inferSelect, 'id' | 'name' | 'description'>

export interface ListedTag {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly description: string | null
  readonly groupId: string | null
  readonly postCount: number
}

export interface TagsByGroup {
  /** In their order, also those without tags. */
  readonly groups: readonly (TagGroup & { readonly tags: readonly ListedTag[] })[]
  readonly others: readonly ListedTag[]
}

/** More than anybody looks through; a search finds the rest. */
export const tagsAtMost = 500

/** What visitors see: tags of published posts, with the number of those. Two queries. */
export async function readPublicTags(database: Database): Promise<TagsByGroup> {
  const rows = await database
    .select({
      ...columns,
      postCount: sql`count(*)`.mapWith(Number),
    })
    .from(tags)
    .innerJoin(postTags, eq(postTags.tagId, tags.id))
    .innerJoin(posts, eq(posts.id, postTags.postId))
    .where(
      sql`${tags.visibility} = 'public' and ${posts.status} = 'published' and ${posts.type} = 'post'`,
    )
    .groupBy(tags.id)
    .orderBy(sql`count(*) desc`, asc(tags.name))
  return byGroup(await readTagGroups(database), rows)
}

/** What editors see: every tag of that name or slug, with the number of posts that are not in the trash. */
export async function readAllTags(
  database: Database,
  words: string,
): Promise<TagsByGroup & { readonly internal: readonly ListedTag[]; readonly isCut: boolean }> {
  const pattern = `%${words.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const rows = await database
    .select({
      ...columns,
      visibility: tags.visibility,
      postCount: sql`(select count(*) from post_tags join posts on posts.id = post_tags.post_id
        where post_tags.tag_id = tags.id and posts.status <> 'trashed')`.mapWith(Number),
    })
    .from(tags)
    .where(or(ilike(tags.name, pattern), ilike(tags.slug, pattern)))
    .orderBy(asc(tags.name), asc(tags.id))
    .limit(tagsAtMost + 1)
  const shown = rows.slice(0, tagsAtMost)
  return {
    ...byGroup(
      await readTagGroups(database),
      shown.filter(({ visibility }) => visibility === 'public'),
    ),
    internal: shown.filter(({ visibility }) => visibility === 'internal'),
    isCut: rows.length > tagsAtMost,
  }
}

export function readTagGroups(database: Database): Promise<TagGroup[]> {
  return database
    .select({ id: tagGroups.id, name: tagGroups.name, description: tagGroups.description })
    .from(tagGroups)
    .orderBy(asc(tagGroups.sortOrder), asc(tagGroups.name))
}

const columns = {
  id: tags.id,
  name: tags.name,
  slug: tags.slug,
  description: tags.description,
  groupId: tags.groupId,
  sortOrder: tags.sortOrder,
}

type Row = ListedTag & { readonly sortOrder: number }

function byGroup(groups: readonly TagGroup[], rows: readonly Row[]): TagsByGroup {
  const tagsOf = Map.groupBy(rows, ({ groupId }) => groupId)
  return {
    groups: groups.map((group) => ({
      ...group,
      tags: (tagsOf.get(group.id) ?? []).toSorted((one, other) => one.sortOrder - other.sortOrder),
    })),
    others: tagsOf.get(null) ?? [],
  }
}

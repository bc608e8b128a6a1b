import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { authors, posts, type Queryable, tags } from '../../models/index.ts'
import { objectName, parseName, relationName, typeName } from './names.ts'

/** What people are shown of an object of the graph. */
export interface ObjectDescription {
  readonly name: string
  readonly kind: 'post' | 'page' | 'type' | 'relation' | 'tag' | 'author' | 'elsewhere'
  readonly title: string
  readonly url: string
  /** Whether anybody may see it. */
  readonly isPublic: boolean
}

/** What people are told that an object is. */
export const kindWords: Readonly<Record<ObjectDescription['kind'], string>> = {
  post: 'Post',
  page: 'Page',
  type: 'Type',
  relation: 'Relation',
  tag: 'Tag',
  author: 'Author',
  elsewhere: 'Elsewhere',
}

/** Those that exist, by name: at most one query a table. */
export async function describeObjects(
  database: Queryable,
  names: Iterable<string>,
): Promise<ReadonlyMap<string, ObjectDescription>> {
  const ids = { post: [] as string[], tag: [] as string[], author: [] as string[] }
  const bySlug: (SQL | undefined)[] = []
  const found = new Map<string, ObjectDescription>()
  for (const name of new Set(names)) {
    const parsed = parseName(name)
    if (!parsed) continue
    if (parsed.kind === 'elsewhere') found.set(name, elsewhere(name))
    else if ('id' in parsed) ids[parsed.kind].push(parsed.id)
    else bySlug.push(and(eq(posts.type, parsed.kind), eq(posts.slug, parsed.slug)))
  }
  const add = (descriptions: readonly ObjectDescription[]) => {
    for (const description of descriptions) found.set(description.name, description)
  }
  if (ids.post.length + bySlug.length > 0)
    add(await readPosts(database, or(inArray(posts.id, ids.post), ...bySlug)))
  if (ids.tag.length > 0)
    add((await database.select().from(tags).where(inArray(tags.id, ids.tag))).map(describeTag))
  if (ids.author.length > 0) add(await readAuthors(database, ids.author))
  return found
}

async function readPosts(
  database: Queryable,
  condition: SQL | undefined,
): Promise<ObjectDescription[]> {
  const rows = await database.select(describedColumns).from(posts).where(condition)
  return rows.map(describePost)
}

/** What `describePost` goes by. */
export const describedColumns = {
  id: posts.id,
  type: posts.type,
  slug: posts.slug,
  title: posts.title,
  isPublic: sql<boolean>`${posts.status} = 'published'`,
}

export function describePost(row: {
  id: string
  type: 'post' | 'page' | 'type' | 'relation'
  slug: string
  title: string
  isPublic: boolean
}): ObjectDescription {
  const { id, type, slug, title, isPublic } = row
  const name =
    type === 'type'
      ? typeName(slug)
      : type === 'relation'
        ? relationName(slug)
        : objectName('post', id)
  return { name, kind: type, title, url: `/${slug}/`, isPublic }
}

export function describeTag(
  row: Pick<typeof tags.$inferSelect, 'id' | 'slug' | 'name' | 'visibility'>,
): ObjectDescription {
  return {
    name: objectName('tag', row.id),
    kind: 'tag',
    title: row.name,
    url: `/tag/${row.slug}/`,
    isPublic: row.visibility === 'public',
  }
}

async function readAuthors(database: Queryable, ids: string[]): Promise<ObjectDescription[]> {
  const rows = await database.select().from(authors).where(inArray(authors.id, ids))
  return rows.map(({ id, slug, name }) => ({
    name: objectName('author', id),
    kind: 'author',
    title: name,
    url: `/author/${slug}/`,
    isPublic: true,
  }))
}

function elsewhere(name: string): ObjectDescription {
  return { name, kind: 'elsewhere', title: name, url: name, isPublic: true }
}

import { asc, eq, inArray, or, sql } from 'drizzle-orm'
import { authors, postAuthors, postTags, type Queryable, tags } from '../../models/index.ts'

/** A post's tags and authors as its form shows them, in order. */
export async function namesInForm(
  database: Queryable,
  postId: string,
): Promise<{ readonly tagNames: readonly string[]; readonly authorNames: readonly string[] }> {
  const tagRows = await database
    .select({ name: tags.name })
    .from(postTags)
    .innerJoin(tags, eq(tags.id, postTags.tagId))
    .where(eq(postTags.postId, postId))
    .orderBy(asc(postTags.sortOrder))
  const authorRows = await database
    .select({ name: authors.name })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .where(eq(postAuthors.postId, postId))
    .orderBy(asc(postAuthors.sortOrder))
  return {
    tagNames: tagRows.map(({ name }) => name),
    authorNames: authorRows.map(({ name }) => name),
  }
}

/** Slugs of authors named by their names or slugs; those that nobody has are said. */
export async function findAuthorSlugs(
  database: Queryable,
  names: readonly string[],
): Promise<{ readonly slugs: readonly string[]; readonly messages: readonly string[] }> {
  if (names.length === 0) return { slugs: [], messages: [] }
  const wanted = names.map((name) => name.toLowerCase())
  const rows = await database
    .select({ slug: authors.slug, name: authors.name })
    .from(authors)
    .where(or(inArray(sql`lower(${authors.name})`, wanted), inArray(authors.slug, wanted)))
    .orderBy(asc(authors.createdAt))
  const slugs: string[] = []
  const messages: string[] = []
  for (const name of names) {
    const key = name.toLowerCase()
    const found =
      rows.find((row) => row.name.toLowerCase() === key) ?? rows.find(({ slug }) => slug === key)
    if (found) slugs.push(found.slug)
    else messages.push(`There is no author “${name}”. Authors are added under Authors.`)
  }
  return { slugs: [...new Set(slugs)], messages }
}

/** Slugs of tags by their names; a tag that is new stands as its name. */
export async function findTagSlugs(
  database: Queryable,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length === 0) return []
  const rows = await database
    .select({ slug: tags.slug, name: tags.name })
    .from(tags)
    .where(
      inArray(
        sql`lower(${tags.name})`,
        names.map((name) => name.toLowerCase()),
      ),
    )
  const byName = new Map(rows.map(({ slug, name }) => [name.toLowerCase(), slug]))
  return names.map((name) => byName.get(name.toLowerCase()) ?? name)
}

/** The other way round. */
export async function findTagNames(
  database: Queryable,
  slugs: readonly string[],
): Promise<readonly string[]> {
  if (slugs.length === 0) return []
  const rows = await database
    .select({ slug: tags.slug, name: tags.name })
    .from(tags)
    .where(inArray(tags.slug, [...slugs]))
  const bySlug = new Map(rows.map(({ slug, name }) => [slug, name]))
  return slugs.map((slug) => bySlug.get(slug) ?? slug)
}

/** Names of authors by their slugs, in order. */
export async function findAuthorNames(
  database: Queryable,
  slugs: readonly string[],
): Promise<readonly string[]> {
  if (slugs.length === 0) return []
  const rows = await database
    .select({ slug: authors.slug, name: authors.name })
    .from(authors)
    .where(inArray(authors.slug, [...slugs]))
  const bySlug = new Map(rows.map(({ slug, name }) => [slug, name]))
  return slugs.map((slug) => bySlug.get(slug) ?? slug)
}

/** Every author, and the tags that are used most, for the form to offer. */
export async function findSuggestions(database: Queryable): Promise<{
  readonly tags: readonly string[]
  readonly authors: readonly string[]
}> {
  const tagRows = await database
    .select({ name: tags.name })
    .from(tags)
    .orderBy(asc(sql`lower(${tags.name})`))
    .limit(500)
  const authorRows = await database
    .select({ name: authors.name })
    .from(authors)
    .orderBy(asc(sql`lower(${authors.name})`))
    .limit(500)
  return {
    tags: tagRows.map(({ name }) => name),
    authors: authorRows.map(({ name }) => name),
  }
}

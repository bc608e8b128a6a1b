import { eq, inArray, sql } from 'drizzle-orm'
import {
  authors,
  postAuthors,
  postTags,
  postTiers,
  tags,
  tiers,
  type Transaction,
} from '../../models/index.ts'
import { freeSlug, slugify } from '../ghost/slugs.ts'
import { tellOfTag } from '../tags/tell-of-tags.ts'
import type { PostContent } from './read-content.ts'

type Names = Pick<PostContent, 'tags' | 'authors' | 'tiers'>

/** Authors and tiers that do not exist, in sentences. Tags are made when they are new. */
export async function findUnknownNames(
  transaction: Transaction,
  { authors: authorSlugs, tiers: tierSlugs }: Names,
): Promise<readonly string[]> {
  const knownAuthors = await slugsOf(transaction, authors, authorSlugs)
  const knownTiers = await slugsOf(transaction, tiers, tierSlugs)
  return [
    ...authorSlugs
      .filter((slug) => !knownAuthors.has(slug))
      .map((slug) => `There is no author “${slug}”.`),
    ...tierSlugs
      .filter((slug) => !knownTiers.has(slug))
      .map((slug) => `There is no tier “${slug}”.`),
  ]
}

async function slugsOf(
  transaction: Transaction,
  table: typeof authors | typeof tiers,
  slugs: readonly string[],
): Promise<ReadonlySet<string>> {
  if (slugs.length === 0) return new Set()
  const rows = await transaction
    .select({ slug: table.slug })
    .from(table)
    .where(inArray(table.slug, [...slugs]))
  return new Set(rows.map(({ slug }) => slug))
}

/** Puts a post's tags, authors and tiers in the order of the content. The names must be known. */
export async function storeNames(
  transaction: Transaction,
  postId: string,
  names: Names,
): Promise<void> {
  await transaction.delete(postTags).where(eq(postTags.postId, postId))
  await transaction.delete(postAuthors).where(eq(postAuthors.postId, postId))
  await transaction.delete(postTiers).where(eq(postTiers.postId, postId))
  await insertOrdered(
    transaction,
    names.tags,
    (list) => sql`
    insert into ${postTags} (post_id, tag_id, sort_order)
    select ${postId}, tags.id, place - 1 from ${list} join tags on tags.slug = wanted`,
  )
  await insertOrdered(
    transaction,
    names.authors,
    (list) => sql`
    insert into ${postAuthors} (post_id, author_id, sort_order)
    select ${postId}, authors.id, place - 1 from ${list} join authors on authors.slug = wanted`,
  )
  await insertOrdered(
    transaction,
    names.tiers,
    (list) => sql`
    insert into ${postTiers} (post_id, tier_id)
    select ${postId}, tiers.id from ${list} join tiers on tiers.slug = wanted`,
  )
}

async function insertOrdered(
  transaction: Transaction,
  slugs: readonly string[],
  statement: (list: ReturnType<typeof sql>) => ReturnType<typeof sql>,
): Promise<void> {
  if (slugs.length === 0) return
  const list = sql`jsonb_array_elements_text(${JSON.stringify([...new Set(slugs)])}::jsonb)
    with ordinality as given (wanted, place)`
  await transaction.execute(statement(list))
}

/**
 * The tags of these names, made where they are not there. A name that begins with `#` is internal, as in
 * Ghost: `#pinned` has the slug `hash-pinned`. Names are compared without regard to case.
 */
export async function ensureTags(
  transaction: Transaction,
  names: readonly string[],
): Promise<{ readonly slugs: readonly string[]; readonly newTagIds: readonly string[] }> {
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]))
  if (wanted.size === 0) return { slugs: [], newTagIds: [] }
  const found = await transaction
    .select({ slug: tags.slug, name: tags.name })
    .from(tags)
    .where(inArray(sql`lower(${tags.name})`, [...wanted.keys()]))
  const byName = new Map(found.map(({ slug, name }) => [name.toLowerCase(), slug]))
  const newTagIds: string[] = []
  for (const [key, name] of wanted) {
    if (byName.has(key)) continue
    const isInternal = name.startsWith('#')
    const base = slugify(name.replace(/^#/, '')) || 'tag'
    const slug = await freeSlug(isInternal ? `hash-${base}` : base, async (other) => {
      const taken = await transaction.select().from(tags).where(eq(tags.slug, other)).limit(1)
      return taken.length > 0
    })
    const [made] = await transaction
      .insert(tags)
      .values({ slug, name, visibility: isInternal ? 'internal' : 'public' })
      .returning({ id: tags.id })
    if (made) {
      newTagIds.push(made.id)
      await tellOfTag(transaction, { id: made.id, before: undefined })
    }
    byName.set(key, slug)
  }
  return { slugs: [...wanted.keys()].flatMap((key) => byName.get(key) ?? []), newTagIds }
}

/** The byline of a member who writes for the first time is made from their name. */
export async function ensureAuthorOf(
  transaction: Transaction,
  user: { readonly id: string; readonly displayName: string },
): Promise<string> {
  const [known] = await transaction
    .select({ slug: authors.slug })
    .from(authors)
    .where(eq(authors.userId, user.id))
    .limit(1)
  if (known) return known.slug
  const slug = await freeSlug(slugify(user.displayName) || 'author', async (other) => {
    const taken = await transaction.select().from(authors).where(eq(authors.slug, other)).limit(1)
    return taken.length > 0
  })
  await transaction.insert(authors).values({ slug, name: user.displayName, userId: user.id })
  return slug
}

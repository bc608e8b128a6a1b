import { and, ilike, inArray, sql } from 'drizzle-orm'
import { authors, type Database, posts, tags } from '../../models/index.ts'
import { newestFirst } from '../posts/is-listed.ts'
import { pathOf } from '../tags/name-tables.ts'

export interface LinkItem {
  readonly title: string
  readonly url: string
  /** A short word beside it. */
  readonly metaText: string
}

export interface LinkGroup {
  readonly label: string
  readonly items: readonly LinkItem[]
}

const most = 8

/**
 * What a link in a text may lead to: published posts and pages, tags that are no internal ones, and
 * authors, by the beginnings of words in their titles. Without words the latest posts. Groups without
 * anything in them are left out. Addresses are paths of this site, as imported texts have them.
 */
export async function searchLinks(
  database: Database,
  words: string,
): Promise<readonly LinkGroup[]> {
  const parts = words.match(/[\p{L}\p{M}\p{N}]+/gu)?.slice(0, 8) ?? []
  if (parts.length === 0) {
    const latest = await findPosts(database, sql`${posts.type} = 'post'`)
    return withItems([{ label: 'Latest posts', items: latest.map(toItem) }])
  }
  const anywhere = `%${parts.join('%')}%`
  const [written, topics, people] = await Promise.all([
    findPosts(database, sql`${posts.searchVector} @@ to_tsquery('simple', ${titleQuery(parts)})`),
    database
      .select({ title: tags.name, slug: tags.slug })
      .from(tags)
      .where(and(ilike(tags.name, anywhere), sql`${tags.visibility} = 'public'`))
      .orderBy(tags.name)
      .limit(most),
    database
      .select({ title: authors.name, slug: authors.slug })
      .from(authors)
      .where(ilike(authors.name, anywhere))
      .orderBy(authors.name)
      .limit(most),
  ])
  const ofType = (type: string) => written.filter((row) => row.type === type).map(toItem)
  return withItems([
    { label: 'Posts', items: ofType('post') },
    { label: 'Pages', items: ofType('page') },
    { label: 'Tags', items: topics.map((row) => named('tag', row)) },
    { label: 'Authors', items: people.map((row) => named('author', row)) },
  ])
}

function toItem({ title, slug, publishedAt }: FoundPost): LinkItem {
  const metaText = publishedAt ? publishedAt.toISOString().slice(0, 10) : ''
  return { title, url: `/${slug}/`, metaText }
}

function named(
  kind: 'tag' | 'author',
  { title, slug }: { readonly title: string; readonly slug: string },
): LinkItem {
  return { title, url: pathOf(kind, slug), metaText: '' }
}

type FoundPost = Awaited<ReturnType<typeof findPosts>>[number]

async function findPosts(database: Database, which: ReturnType<typeof sql>) {
  return database
    .select({
      type: posts.type,
      title: posts.title,
      slug: posts.slug,
      publishedAt: posts.publishedAt,
    })
    .from(posts)
    .where(and(which, inArray(posts.type, ['post', 'page']), sql`${posts.status} = 'published'`))
    .orderBy(...newestFirst(posts))
    .limit(most * 2)
}

/** Each word as the beginning of one in the title, which has weight A. */
function titleQuery(parts: readonly string[]): string {
  return parts.map((part) => `'${part.toLowerCase()}':*A`).join(' & ')
}

function withItems(groups: readonly LinkGroup[]): readonly LinkGroup[] {
  return groups.filter(({ items }) => items.length > 0)
}

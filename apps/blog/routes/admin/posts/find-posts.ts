import { and, desc, ilike, inArray, or } from 'drizzle-orm'
import { type Database, posts } from '../../../models/index.ts'
import { postUrl } from '../addresses.ts'

const pageSize = 30

/** Posts and pages by when they were changed last. */
export async function findPosts(
  database: Database,
  { q, page }: { readonly q: string; readonly page: number },
): Promise<object> {
  const pattern = `%${q.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const rows = await database
    .select({
      id: posts.id,
      title: posts.title,
      type: posts.type,
      status: posts.status,
      updatedAt: posts.updatedAt,
    })
    .from(posts)
    .where(
      and(
        inArray(posts.type, ['post', 'page']),
        or(ilike(posts.title, pattern), ilike(posts.slug, pattern)),
      ),
    )
    .orderBy(desc(posts.updatedAt), desc(posts.id))
    .limit(pageSize + 1)
    .offset((page - 1) * pageSize)
  const pageUrl = (number: number) =>
    `/admin/posts/?${new URLSearchParams({ q, page: String(number) })}`
  return {
    query: q,
    posts: rows.slice(0, pageSize).map(({ id, title, type, status, updatedAt }) => ({
      title,
      url: postUrl(id),
      isPage: type === 'page',
      isDraft: status === 'draft',
      updatedAt,
    })),
    previousUrl: page > 1 ? pageUrl(page - 1) : null,
    nextUrl: rows.length > pageSize ? pageUrl(page + 1) : null,
  }
}

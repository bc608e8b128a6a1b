import { and, desc, eq, exists, ilike, inArray, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import {
  authors,
  type Database,
  postAuthors,
  posts,
  postTags,
  postWarnings,
  tags,
} from '../../../models/index.ts'
import { trashDays } from '../../../services/posts/trash-days.ts'
import { postUrl } from '../addresses.ts'

const pageSize = 30
const states = ['draft', 'scheduled', 'published', 'sent', 'trashed'] as const

const askedSchema = z.object({
  q: z.string().max(200).catch(''),
  status: z.enum(states).or(z.literal('')).catch(''),
  kind: z.enum(['post', 'page', '']).catch(''),
  tag: z.string().max(200).catch(''),
  author: z.string().max(200).catch(''),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  /** Ids that were just thrown away, to be offered back. */
  trashed: z.string().max(10_000).catch(''),
})

export type AskedPosts = z.output<typeof askedSchema>

export function askedPosts(query: unknown): AskedPosts {
  return askedSchema.parse(query)
}

/**
 * Posts and pages by when they were changed last. What lies in the trash is shown when it is asked for, by when it
 * came there.
 */
export async function findPosts(database: Database, asked: AskedPosts): Promise<object> {
  const isTrash = asked.status === 'trashed'
  const rows = await database
    .select({
      id: posts.id,
      title: posts.title,
      type: posts.type,
      status: posts.status,
      slug: posts.slug,
      visibility: posts.visibility,
      featured: posts.featured,
      publishedAt: posts.publishedAt,
      updatedAt: posts.updatedAt,
      trashedAt: posts.trashedAt,
      hasWarnings: sql<boolean>`${postWarnings.postId} is not null`,
    })
    .from(posts)
    .leftJoin(postWarnings, eq(postWarnings.postId, posts.id))
    .where(and(...conditions(database, asked)))
    .orderBy(desc(isTrash ? posts.trashedAt : posts.updatedAt), desc(posts.id))
    .limit(pageSize + 1)
    .offset((asked.page - 1) * pageSize)
  const pageUrl = (page: number) => `/admin/posts/?${queryOf({ ...asked, page })}`
  return {
    asked,
    query: asked.q,
    isFiltered: [asked.q, asked.status, asked.kind, asked.tag, asked.author].some(Boolean),
    isTrash,
    statusChoices: choices(asked.status, [
      ['', 'Any state'],
      ['draft', 'Drafts'],
      ['scheduled', 'Scheduled'],
      ['published', 'Published'],
      ['sent', 'Sent by mail'],
      ['trashed', 'In the trash'],
    ]),
    kindChoices: choices(asked.kind, [
      ['', 'Posts and pages'],
      ['post', 'Posts'],
      ['page', 'Pages'],
    ]),
    trashedIds: asked.trashed.split(',').filter((id) => z.uuid().safeParse(id).success),
    posts: rows.slice(0, pageSize).map((row) => ({
      ...row,
      title: row.title || 'Untitled',
      url: postUrl(row.id),
      publicUrl: row.status === 'published' ? `/${row.slug}/` : null,
      isPage: row.type === 'page',
      isDraft: row.status === 'draft',
      isScheduled: row.status === 'scheduled',
      isSent: row.status === 'sent',
      goesAt: row.trashedAt && new Date(row.trashedAt.getTime() + trashDays * 86_400_000),
      isGated: row.visibility !== 'public',
    })),
    previousUrl: asked.page > 1 ? pageUrl(asked.page - 1) : null,
    nextUrl: rows.length > pageSize ? pageUrl(asked.page + 1) : null,
  }
}

function conditions(database: Database, asked: AskedPosts): (SQL | undefined)[] {
  const pattern = `%${asked.q.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return [
    asked.kind ? eq(posts.type, asked.kind) : inArray(posts.type, ['post', 'page']),
    asked.status ? eq(posts.status, asked.status) : sql`${posts.status} <> 'trashed'`,
    asked.q.trim() ? or(ilike(posts.title, pattern), ilike(posts.slug, pattern)) : undefined,
    asked.tag
      ? exists(
          database
            .select({ one: sql`1` })
            .from(postTags)
            .innerJoin(tags, eq(tags.id, postTags.tagId))
            .where(and(eq(postTags.postId, posts.id), eq(tags.slug, asked.tag))),
        )
      : undefined,
    asked.author
      ? exists(
          database
            .select({ one: sql`1` })
            .from(postAuthors)
            .innerJoin(authors, eq(authors.id, postAuthors.authorId))
            .where(and(eq(postAuthors.postId, posts.id), eq(authors.slug, asked.author))),
        )
      : undefined,
  ]
}

function choices(chosen: string, list: readonly (readonly [string, string])[]) {
  return list.map(([value, title]) => ({ value, title, isChosen: value === chosen }))
}

function queryOf({ trashed: _trashed, page, ...asked }: AskedPosts): string {
  const entries = Object.entries(asked).filter(([, value]) => value !== '')
  return new URLSearchParams([...entries, ['page', String(page)]]).toString()
}

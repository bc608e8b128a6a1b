import { and, desc, eq, lt, sql } from 'drizzle-orm'
import {
  postRevisions,
  type Queryable,
  type RevisionContent,
  type Transaction,
  users,
} from '../../models/index.ts'

export type RevisionReason = (typeof postRevisions.$inferSelect)['reason']

/** Autosaves of one person within this time become one revision. */
const autosaveMinutes = 10

export interface NewRevision {
  readonly postId: string
  readonly version: number
  readonly reason: RevisionReason
  readonly content: RevisionContent
  readonly userId: string | null
}

/** Keeps what a post is from this version on. One that is kept already stays. */
export async function keepRevision(transaction: Transaction, revision: NewRevision): Promise<void> {
  if (revision.reason === 'autosave') await dropAutosave(transaction, revision)
  await transaction.insert(postRevisions).values(revision).onConflictDoNothing()
}

/** The autosave just before, if it was the same person's a moment ago. */
async function dropAutosave(
  transaction: Transaction,
  { postId, version, userId }: NewRevision,
): Promise<void> {
  if (userId === null) return
  await transaction
    .delete(postRevisions)
    .where(
      and(
        eq(postRevisions.postId, postId),
        eq(postRevisions.version, version - 1),
        eq(postRevisions.reason, 'autosave'),
        eq(postRevisions.userId, userId),
        sql`${postRevisions.createdAt} > now() - make_interval(mins => ${autosaveMinutes})`,
      ),
    )
}

export interface RevisionLine {
  readonly version: number
  readonly reason: RevisionReason
  readonly createdAt: Date
  readonly title: string
  readonly by: string | null
}

/** The latest first, without their bodies. */
export async function listRevisions(
  database: Queryable,
  postId: string,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<readonly RevisionLine[]> {
  return database
    .select({
      version: postRevisions.version,
      reason: postRevisions.reason,
      createdAt: postRevisions.createdAt,
      title: sql<string>`${postRevisions.content} ->> 'title'`,
      by: users.displayName,
    })
    .from(postRevisions)
    .leftJoin(users, eq(users.id, postRevisions.userId))
    .where(
      and(
        eq(postRevisions.postId, postId),
        before === undefined ? undefined : lt(postRevisions.version, before),
      ),
    )
    .orderBy(desc(postRevisions.version))
    .limit(limit)
}

/** What the post was at this version, or undefined when that was not kept. */
export async function findRevision(
  database: Queryable,
  postId: string,
  version: number,
): Promise<RevisionContent | undefined> {
  const [found] = await database
    .select({ content: postRevisions.content })
    .from(postRevisions)
    .where(and(eq(postRevisions.postId, postId), eq(postRevisions.version, version)))
  return found?.content
}

/** The newest version that was kept before this one. */
export async function findVersionBefore(
  database: Queryable,
  postId: string,
  version: number,
): Promise<number | undefined> {
  const [found] = await listRevisions(database, postId, { before: version, limit: 1 })
  return found?.version
}

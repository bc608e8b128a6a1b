import { and, eq, isNotNull, ne, sql } from 'drizzle-orm'
import type { ReceivedReply, RemoteReply } from '../../contracts/remote-comments.ts'
import { posts } from '../../models/blog.ts'
import { comments } from '../../models/conversation.ts'
import type { Database, Transaction } from '../../models/database.ts'
import { findAnswered, findReply } from './answered.ts'
import type { CleanHtml } from './clean-html.ts'
import { eraseComment } from './own-comments.ts'
import { tellOfComment } from './tell-of-comment.ts'

const longestAddress = 2000
const longestName = 100
const longestHandle = 300
/** As it comes, and as it is kept. */
const longestSent = 200_000
const longestKept = 20_000

export interface ReplyParts {
  readonly database: Database
  readonly cleanHtml: CleanHtml
  /** The blog's own address, without a slash at the end. */
  readonly blogUrl: string
}

export type StoredReply =
  | Exclude<ReceivedReply, { status: 'received' }>
  | (Extract<ReceivedReply, { status: 'received' }> & { readonly postId: string })

export async function receiveReply(parts: ReplyParts, reply: RemoteReply): Promise<StoredReply> {
  const { database } = parts
  const refused = (reason: string): StoredReply => ({ status: 'refused', reason })
  if (!isWebAddress(reply.remoteUrl)) return refused('The id of the reply is no web address.')
  if (!isWebAddress(reply.inReplyTo)) return refused('The reply answers nothing here.')
  const known = await findReply(database, reply.remoteUrl)
  if (known) return { status: 'known', id: known.id }
  if (!isWebAddress(reply.author.url)) return refused('The author of the reply is no web address.')
  if (reply.html.length > longestSent) return refused('The reply is too long.')
  const html = await parts.cleanHtml(reply.html)
  if (html === '') return refused('The reply has nothing to read.')
  if (html.length > longestKept) return refused('The reply is too long.')
  const answered = await findAnswered(database, parts.blogUrl, reply)
  if (!answered) return refused('The reply answers nothing here.')

  return database.transaction(async (transaction) => {
    if (!(await takesReplies(transaction, answered.postId))) {
      return refused('The post takes no replies.')
    }
    const isHeld = !(await isTrusted(transaction, reply.author.url))
    const [row] = await transaction
      .insert(comments)
      .values({
        ...answered,
        remoteUrl: reply.remoteUrl,
        authorName: readName(reply.author),
        authorUrl: reply.author.url,
        authorHandle: reply.author.handle?.slice(0, longestHandle) ?? null,
        authorAvatar: isWebAddress(reply.author.avatar) ? reply.author.avatar : null,
        html,
        status: isHeld ? 'held' : 'published',
        // What claims to come from the future would stand at the end of the thread for long.
        createdAt: sql`least(${reply.publishedAt.toISOString()}::timestamptz, clock_timestamp())`,
      })
      .onConflictDoNothing({ target: comments.remoteUrl })
      .returning({ id: comments.id })
    if (!row) {
      const first = await findReply(transaction, reply.remoteUrl)
      return first ? { status: 'known', id: first.id } : refused('The reply has just been taken.')
    }
    if (!isHeld) await tellOfComment(transaction, { id: row.id, ...answered, userId: null })
    return { status: 'received', id: row.id, isHeld, postId: answered.postId }
  })
}

/** Returns whether there is one to change; `html` is as it came. */
export async function updateReply(
  { database, cleanHtml }: ReplyParts,
  change: {
    readonly remoteUrl: string
    readonly authorUrl: string
    readonly html: string
    readonly updatedAt: Date
  },
): Promise<boolean> {
  if (change.html.length > longestSent) return false
  const html = await cleanHtml(change.html)
  if (html === '' || html.length > longestKept) return false
  const { rowCount } = await database
    .update(comments)
    .set({ html, editedAt: change.updatedAt })
    .where(isReplyOf(change))
  return (rowCount ?? 0) > 0
}

/** Returns the post of the reply that is gone now. */
export async function removeReply(
  { database }: ReplyParts,
  reply: { readonly remoteUrl: string; readonly authorUrl: string },
): Promise<string | undefined> {
  return database.transaction(async (transaction) => {
    const [found] = await transaction
      .select({ id: comments.id, postId: comments.postId })
      .from(comments)
      .where(isReplyOf(reply))
      .for('update')
    if (!found) return undefined
    await eraseComment(transaction, found.id)
    return found.postId
  })
}

function isReplyOf(reply: { readonly remoteUrl: string; readonly authorUrl: string }) {
  return and(
    eq(comments.remoteUrl, reply.remoteUrl),
    eq(comments.authorUrl, reply.authorUrl),
    ne(comments.status, 'deleted'),
  )
}

/** What not everybody may read is not answered by everybody. */
async function takesReplies(transaction: Transaction, postId: string): Promise<boolean> {
  const [post] = await transaction
    .select({ id: posts.id })
    .from(posts)
    .where(
      and(
        eq(posts.id, postId),
        eq(posts.type, 'post'),
        eq(posts.status, 'published'),
        eq(posts.visibility, 'public'),
        eq(posts.takesComments, true),
      ),
    )
    .for('key share')
  return post !== undefined
}

async function isTrusted(transaction: Transaction, authorUrl: string): Promise<boolean> {
  const [earlier] = await transaction
    .select({ id: comments.id })
    .from(comments)
    .where(
      and(
        eq(comments.authorUrl, authorUrl),
        isNotNull(comments.remoteUrl),
        eq(comments.status, 'published'),
      ),
    )
    .limit(1)
  return earlier !== undefined
}

function isWebAddress(address: string | undefined): address is string {
  if (address === undefined || address.length > longestAddress) return false
  if (/[\s\p{Cc}]/u.test(address)) return false
  const url = URL.parse(address)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}

function readName({ name, url }: RemoteReply['author']): string {
  const shown = name.replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '').trim()
  const fallback = URL.parse(url)?.hostname ?? ''
  return Array.from(shown || fallback)
    .slice(0, longestName)
    .join('')
}

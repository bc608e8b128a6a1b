import { longestComment } from '@rose-ash/shared/contracts/comments'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { comments, type Transaction } from '../../../models/index.ts'
import { isWebAddress } from '../../documents/web-address.ts'
import type { BesideFile } from '../export-file.ts'
import { GhostFileError } from '../import-error.ts'
import { textOf } from '../import-settings-file.ts'
import { readMemberAddresses } from '../members-file.ts'
import { isCommentHtml } from './comment-html.ts'
import type { PartImport } from './import-own-parts.ts'
import { readPart } from './read-part.ts'

const time = z.iso.datetime().transform((text) => new Date(text))
const webAddress = z.string().max(2000).refine(isWebAddress)

const lists = {
  comments: z.object({
    id: z.uuid(),
    post: z.string().max(64),
    /** In the archive's list of members. */
    member: z.string().max(200).nullable().default(null),
    parentId: z.uuid().nullable(),
    remoteUrl: webAddress.nullable(),
    authorName: z.string().max(200),
    authorUrl: webAddress.nullable(),
    authorHandle: z.string().max(300).nullable().default(null),
    html: z.string().max(50_000).refine(isCommentHtml),
    source: z
      .string()
      .max(longestComment * 2)
      .nullable(),
    status: z.enum(['published', 'held', 'hidden', 'deleted']),
    createdAt: time,
    editedAt: time.nullable(),
  }),
}

/**
 * What was said under posts. It belongs to whoever has the address that the archive's list of members has for its
 * author; what belongs to nobody can be changed by moderators only. Nobody is told of any of it.
 */
export async function storeComments({
  transaction,
  file,
  membersFile,
  ids,
  warn,
}: PartImport): Promise<number> {
  await transaction.execute(sql`
    create temporary table brought_comments (id uuid primary key, parent_id uuid, member text) on commit drop`)
  let changed = 0
  for await (const rows of readPart(file, lists, warn)) {
    const posts = await ids.find(
      'post',
      rows.map(({ row }) => row.post),
    )
    const here = rows.flatMap(({ row: { post, ...comment }, at }) => {
      const postId = posts.get(post)
      if (postId === undefined) warn(at, 'its post is not here')
      return postId === undefined ? [] : [{ ...comment, postId }]
    })
    changed += await insert(transaction, here)
  }
  if (changed === 0) return 0
  await nest(transaction)
  if (membersFile) await giveToMembers(transaction, membersFile)
  return changed
}

type Brought = Omit<z.output<typeof lists.comments>, 'post'> & { readonly postId: string }

/** Returns how many were not here. What they answer may come later. */
async function insert(transaction: Transaction, rows: readonly Brought[]): Promise<number> {
  if (rows.length === 0) return 0
  const added = await transaction
    .insert(comments)
    .values(rows.map(({ member: _member, ...row }) => ({ ...row, parentId: null })))
    .onConflictDoNothing()
    .returning({ id: comments.id })
  const brought = new Map(rows.map((row) => [row.id, row]))
  const ids = added.map(({ id }) => id)
  const of = (name: 'parentId' | 'member') => ids.map((id) => brought.get(id)?.[name] ?? null)
  await transaction.execute(sql`
    insert into brought_comments select * from unnest(
      ${sql.param(ids)}::uuid[], ${sql.param(of('parentId'))}::uuid[], ${sql.param(of('member'))}::text[])`)
  return ids.length
}

/** Puts answers under what they answer. What would stand under itself stands at the top. */
async function nest(transaction: Transaction): Promise<void> {
  await transaction.execute(sql`
    update comments set parent_id = parent.id
    from brought_comments brought join comments parent on parent.id = brought.parent_id
    where comments.id = brought.id and comments.post_id = parent.post_id`)
  await transaction.execute(sql`
    with recursive placed as (
      select id from comments where parent_id is null and post_id in (
        select post_id from comments join brought_comments using (id))
      union all
      select comments.id from comments join placed on comments.parent_id = placed.id
    )
    update comments set parent_id = null from brought_comments brought
    where comments.id = brought.id and not exists (select from placed where placed.id = brought.id)`)
}

const membersAtOnce = 500

/** A list that is not sound has been warned about when it was imported itself; nothing belongs to anybody then. */
async function giveToMembers(transaction: Transaction, file: BesideFile): Promise<void> {
  try {
    await transaction.transaction((inner) => giveToListed(inner, file))
  } catch (error) {
    if (!(error instanceof GhostFileError)) throw error
  }
}

async function giveToListed(transaction: Transaction, file: BesideFile): Promise<void> {
  let some: { readonly id: string; readonly email: string }[] = []
  const give = async () => {
    const [names, emails] = [some.map(({ id }) => id), some.map(({ email }) => email.toLowerCase())]
    some = []
    await transaction.execute(sql`
      update comments set user_id = users.id
      from brought_comments brought, users,
        unnest(${sql.param(names)}::text[], ${sql.param(emails)}::text[]) listed (member, email)
      where comments.id = brought.id and brought.member = listed.member
        and lower(users.email) = listed.email and comments.remote_url is null`)
  }
  for await (const member of readMemberAddresses(textOf(await file.open()))) {
    some.push(member)
    if (some.length === membersAtOnce) await give()
  }
  if (some.length > 0) await give()
}

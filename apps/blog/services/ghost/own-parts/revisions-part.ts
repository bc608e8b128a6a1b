import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '../../../models/index.ts'
import { withNames } from '../../graph/field-values.ts'
import { findNames, namesIn } from './archive-names.ts'
import type { PartImport } from './import-own-parts.ts'
import { type PartLine, readLines } from './read-lines.ts'
import { revisionContent } from './revision-content.ts'

const revision = z.object({
  post: z.string().max(64),
  version: z.int().min(1).max(1_000_000),
  reason: z.enum(['save', 'autosave', 'publish', 'import', 'restore']),
  content: revisionContent,
  createdAt: z.iso.datetime(),
})

type Line = PartLine<z.output<typeof revision>>

const batchLines = 100
const batchLength = 4_000_000

/**
 * Every save of every post. A post that nothing has happened to here but its import has the whole history of the archive
 * from then on, and counts its saves on from there; all others keep the one that they have.
 */
export async function storeRevisions(part: PartImport): Promise<number> {
  const { transaction, warn } = part
  await transaction.execute(sql`
    create temporary table brought_revisions (
      post_id uuid, version integer, reason text, content jsonb, created_at timestamptz,
      primary key (post_id, version)
    ) on commit drop`)
  let batch: Line[] = []
  let length = 0
  for await (const line of readLines(part.file, revision, warn)) {
    batch.push(line)
    length += line.length
    if (batch.length < batchLines && length < batchLength) continue
    await stage(part, batch)
    batch = []
    length = 0
  }
  await stage(part, batch)
  const changed = await replaceFirst(transaction)
  for (const title of await findKept(transaction)) {
    warn(`“${title}”`, 'it has versions of its own here')
  }
  return changed
}

async function stage(
  { transaction, ids, warn }: PartImport,
  lines: readonly Line[],
): Promise<void> {
  const posts = await ids.find(
    'post',
    lines.map(({ row }) => row.post),
  )
  const mentioned = lines.flatMap(({ row }) => namesIn(row.content.fields))
  const names = await findNames(ids, mentioned)
  const rows = lines.flatMap(({ row: { post, content, createdAt, ...row }, at }) => {
    const postId = posts.get(post)
    if (postId === undefined) {
      warn(at, 'its post is not here')
      return []
    }
    const fields = withNames(content.fields, names)
    return [{ ...row, post_id: postId, created_at: createdAt, content: { ...content, fields } }]
  })
  if (rows.length === 0) return
  await transaction.execute(sql`
    insert into brought_revisions
    select post_id, version, reason, content, created_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row (post_id uuid, version integer, reason text, content jsonb, created_at timestamptz)
    on conflict do nothing`)
}

/** Returns how many posts have the archive's history now. */
async function replaceFirst(transaction: Transaction): Promise<number> {
  const { rows } = await transaction.execute<{ id: string }>(sql`
    select posts.id from posts
    where posts.id in (select post_id from brought_revisions) and posts.version = 1
      and exists (select from post_revisions kept where kept.post_id = posts.id
        having count(*) = 1 and bool_and(reason = 'import' and version = 1 and user_id is null))
      and not exists (select from post_revisions kept join brought_revisions brought
        using (post_id, version, created_at) where kept.post_id = posts.id)
    order by posts.id for update of posts`)
  if (rows.length === 0) return 0
  const ids = sql`any(${sql.param(rows.map(({ id }) => id))}::uuid[])`
  await transaction.execute(sql`delete from post_revisions where post_id = ${ids}`)
  await transaction.execute(sql`
    insert into post_revisions (post_id, version, reason, content, created_at)
    select post_id, version, reason, content, created_at from brought_revisions
    where post_id = ${ids}`)
  await transaction.execute(sql`
    update posts set version = last.version
    from (select post_id, max(version) as version from brought_revisions group by post_id) last
    where posts.id = last.post_id and posts.id = ${ids}`)
  return rows.length
}

/** Titles of posts whose own history stays instead of the archive's. */
async function findKept(transaction: Transaction): Promise<readonly string[]> {
  const { rows } = await transaction.execute<{ title: string }>(sql`
    select title from posts where id in (
      select post_id from brought_revisions brought where not exists (
        select from post_revisions kept
        where kept.post_id = brought.post_id and kept.version = brought.version
          and kept.created_at = brought.created_at))
    order by title`)
  return rows.map(({ title }) => title)
}

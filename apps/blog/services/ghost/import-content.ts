import { and, eq, inArray } from 'drizzle-orm'
import { type Database, posts } from '../../models/index.ts'
import { importAuthors } from './import-authors.ts'
import { type ImportedPost, importPosts } from './import-posts.ts'
import { recordOutcome } from './import-record.ts'
import { importTags } from './import-tags.ts'
import { addOutcomes, inTransaction, nothingDone, type Outcome } from './outcome.ts'
import { type ExportedPost, postRecord } from './post-record.ts'
import { type PreparedPost, preparePost, type Workshop } from './prepare-post.ts'
import type { ImportProgress } from './progress.ts'
import { rowSchemas } from './rows.ts'
import type { StagedPost, Staging } from './staging.ts'

/** Rows in one transaction: enough to be quick, few enough that a killed import loses little. */
const batchSize = 50

export interface ContentImport {
  readonly session: Database
  readonly staging: Staging
  readonly source: string
  readonly importId: string
  readonly workshop: Workshop
  readonly report: (progress: ImportProgress) => void
}

/** Tags and authors first, then the posts that name them, batch by batch. */
export async function importContent(run: ContentImport): Promise<Outcome> {
  const { session, staging, source, importId, report } = run
  const adoptedTags = new Map<string, string>()
  let outcome: Outcome = nothingDone
  let processed = 0

  const total = { tags: await staging.count('tags'), authors: await staging.count('users') }
  for await (const batch of staging.batches('tags', batchSize)) {
    const rows = batch.map((row) => rowSchemas.tags.parse(row))
    const { adopted, ...done } = await inTransaction(session, (transaction) =>
      importTags(transaction, source, rows),
    )
    for (const [id, ours] of adopted) adoptedTags.set(id, ours)
    outcome = addOutcomes(outcome, done)
    await recordOutcome(session, importId, outcome)
    report({ phase: 'tags', processed: (processed += rows.length), total: total.tags })
  }
  processed = 0
  for await (const batch of staging.batches('users', batchSize)) {
    const rows = batch.map((row) => rowSchemas.users.parse(row))
    const done = await inTransaction(session, (transaction) =>
      importAuthors(transaction, source, rows),
    )
    outcome = addOutcomes(outcome, done)
    await recordOutcome(session, importId, outcome)
    report({ phase: 'authors', processed: (processed += rows.length), total: total.authors })
  }
  processed = 0
  const totalPosts = await staging.count('posts')
  for await (const batch of staging.postBatches(batchSize)) {
    const done = await importPostBatch(run, batch.map(parsePost), adoptedTags)
    outcome = addOutcomes(outcome, done)
    await recordOutcome(session, importId, outcome)
    report({ phase: 'posts', processed: (processed += batch.length), total: totalPosts })
  }
  return outcome
}

async function importPostBatch(
  { session, source, workshop }: ContentImport,
  batch: readonly ExportedPost[],
  adoptedTags: ReadonlyMap<string, string>,
): Promise<Outcome> {
  const existing = await findImported(session, source, batch)
  const warnings: string[] = []
  const changed = batch.filter((post) => {
    const known = existing.get(post.row.id)
    if (!known) return true
    if (known.sourceHash === postRecord(post).sourceHash) return false
    if (!wasEditedHere(known)) return true
    warnings.push(`“${post.row.title}”: it was edited here and there; what is here was kept.`)
    return false
  })
  const prepared: PreparedPost[] = []
  for (const post of changed) prepared.push(await preparePost(post, workshop))
  const done =
    prepared.length === 0
      ? nothingDone
      : await inTransaction(session, (transaction) =>
          importPosts(transaction, { source, prepared, existing, adoptedTags }),
        )
  const unchanged = batch.length - changed.length
  return addOutcomes({ ...nothingDone, unchanged, warnings }, done)
}

/** An import stores Ghost's own time of change; a later one was made here. */
function wasEditedHere({ updatedAt, sourceExtra }: ImportedPost): boolean {
  const changedThere = sourceExtra['updated_at']
  return typeof changedThere === 'string' && updatedAt.getTime() > Date.parse(changedThere)
}

async function findImported(
  session: Database,
  source: string,
  batch: readonly ExportedPost[],
): Promise<ReadonlyMap<string, ImportedPost>> {
  const { id, sourceId, sourceHash, slug, type, status, updatedAt, sourceExtra } = posts
  const found = await session
    .select({ id, sourceId, sourceHash, slug, type, status, updatedAt, sourceExtra })
    .from(posts)
    .where(
      and(
        eq(posts.source, source),
        inArray(
          sourceId,
          batch.map(({ row }) => row.id),
        ),
      ),
    )
  return new Map(found.map((post) => [post.sourceId ?? '', post]))
}

function parsePost(staged: StagedPost): ExportedPost {
  const row = rowSchemas.posts.parse(staged.row)
  const meta = staged.meta ? rowSchemas.posts_meta.parse(staged.meta) : undefined
  const { tagIds, authorIds, tiers } = staged
  const noAuthors = authorIds.length === 0 && row.author_id
  return { row, meta, tagIds, tiers, authorIds: noAuthors ? [row.author_id ?? ''] : authorIds }
}

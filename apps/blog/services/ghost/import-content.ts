import { and, eq, inArray } from 'drizzle-orm'
import { type Database, posts } from '../../models/index.ts'
import { wasEditedHere } from './edited-here.ts'
import { importAuthors } from './import-authors.ts'
import { type ImportedPost, importPosts } from './import-posts.ts'
import { importTags } from './import-tags.ts'
import { addOutcomes, inTransaction, nothingDone, type Outcome } from './outcome.ts'
import { type ExportedPost, postRecord } from './post-record.ts'
import { type PreparedPost, preparePost, type Workshop } from './prepare-post.ts'
import type { ImportProgress } from './progress.ts'
import { rowSchemas } from './rows.ts'
import type { StagedPost, Staging } from './staging.ts'
import { asSentence, storeWarnings } from './store-warnings.ts'

/** Rows in one transaction: enough to be quick, few enough that a killed import loses little. */
const batchSize = 50

export interface ContentImport {
  readonly session: Database
  readonly staging: Staging
  readonly source: string
  /** Rows of the Content API: without the source of texts, and cut where they are not for everybody. */
  readonly isPartial?: boolean
  readonly workshop: Workshop
  /** Tags of the site that are not its own here; `importContent` adds to it. */
  readonly adoptedTags: Map<string, string>
  /** Since when the site is followed, for those that are. */
  readonly followedSince?: Date | undefined
  /** Called after every batch with what has been done by then. */
  readonly record: (outcome: Outcome) => Promise<void>
  readonly report: (progress: ImportProgress) => void
}

/** Tags and authors first, then the posts that name them, batch by batch. */
export async function importContent(run: ContentImport): Promise<Outcome> {
  const { session, staging, source, isPartial, record, report, adoptedTags } = run
  let outcome: Outcome = nothingDone
  let processed = 0

  const total = { tags: await staging.count('tags'), authors: await staging.count('users') }
  for await (const batch of staging.batches('tags', batchSize)) {
    const rows = batch.map((row) => rowSchemas.tags.parse(row))
    const { adopted, ...done } = await inTransaction(session, (transaction) =>
      importTags(transaction, { source, isPartial }, rows),
    )
    for (const [id, ours] of adopted) adoptedTags.set(id, ours)
    outcome = addOutcomes(outcome, done)
    await record(outcome)
    report({ phase: 'tags', processed: (processed += rows.length), total: total.tags })
  }
  processed = 0
  for await (const batch of staging.batches('users', batchSize)) {
    const rows = batch.map((row) => rowSchemas.users.parse(row))
    const done = await inTransaction(session, (transaction) =>
      importAuthors(transaction, { source, isPartial }, rows),
    )
    outcome = addOutcomes(outcome, done)
    await record(outcome)
    report({ phase: 'authors', processed: (processed += rows.length), total: total.authors })
  }
  processed = 0
  const totalPosts = await staging.count('posts')
  for await (const batch of staging.postBatches(batchSize)) {
    const done = await importPostBatch(run, batch.map(parsePost))
    outcome = addOutcomes(outcome, done)
    await record(outcome)
    report({ phase: 'posts', processed: (processed += batch.length), total: totalPosts })
  }
  return outcome
}

async function importPostBatch(
  { session, source, workshop, adoptedTags, followedSince, isPartial = false }: ContentImport,
  batch: readonly ExportedPost[],
): Promise<Outcome> {
  const existing = await findImported(session, source, batch)
  const warnings: string[] = []
  const changed: ExportedPost[] = []
  for (const post of batch) {
    const known = existing.get(post.row.id)
    if (known && isPartial && isAsNew(known, post)) continue
    if (known?.sourceHash === postRecord(post).sourceHash) continue
    const kept = known && (await reasonToKeep(session, known, isPartial && isGated(post)))
    if (known && kept) {
      warnings.push(`“${post.row.title}”: ${kept}.`)
      await storeWarnings(session, known.id, [asSentence(kept)])
    } else {
      changed.push(post)
    }
  }
  const prepared: PreparedPost[] = []
  for (const post of changed) prepared.push(await preparePost(post, workshop))
  const done =
    prepared.length === 0
      ? nothingDone
      : await inTransaction(session, (transaction) =>
          importPosts(transaction, { source, prepared, existing, adoptedTags, followedSince }),
        )
  const unchanged = batch.length - changed.length
  return addOutcomes({ ...nothingDone, unchanged, warnings }, done)
}

async function reasonToKeep(
  session: Database,
  known: ImportedPost,
  isCut: boolean,
): Promise<string | undefined> {
  if (isCut) return 'its part for members cannot be read with this key; what is here was kept'
  return (await wasEditedHere(session, known))
    ? 'it was edited here and there; what is here was kept'
    : undefined
}

function isAsNew({ sourceExtra }: ImportedPost, { row }: ExportedPost): boolean {
  const known = sourceExtra['updated_at']
  return typeof known === 'string' && Date.parse(known) >= (row.updated_at?.getTime() ?? 0)
}

function isGated({ row }: ExportedPost): boolean {
  return (row.visibility ?? 'public') !== 'public'
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
  const { tagIds, authorIds, tiers, tierIds } = staged
  const noAuthors = authorIds.length === 0 && row.author_id
  return {
    row,
    meta,
    tagIds,
    tiers,
    tierIds,
    authorIds: noAuthors ? [row.author_id ?? ''] : authorIds,
  }
}

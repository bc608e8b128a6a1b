import { and, desc, eq, inArray, ne } from 'drizzle-orm'
import { contentImports, type Database, type Transaction } from '../../models/index.ts'
import type { Outcome } from './outcome.ts'

export type ImportRecord = typeof contentImports.$inferSelect

/** As many as a page can show. */
const warningLimit = 500

export interface ImportStart {
  readonly source: string
  readonly fileName: string
  readonly startedBy: string | undefined
}

/** A row for an upload, before anything of it has been read. */
export async function createImportRecord(
  database: Database,
  start: Omit<ImportStart, 'source'> & { readonly id: string },
): Promise<void> {
  await database.insert(contentImports).values({ ...start, source: 'ghost', state: 'waiting' })
}

export async function findImport(
  database: Database,
  id: string,
): Promise<ImportRecord | undefined> {
  const [found] = await database.select().from(contentImports).where(eq(contentImports.id, id))
  return found
}

/** The latest first. */
export async function listImports(
  database: Database,
  limit: number,
): Promise<readonly ImportRecord[]> {
  return database
    .select()
    .from(contentImports)
    .orderBy(desc(contentImports.startedAt), desc(contentImports.id))
    .limit(limit)
}

/** The import has begun. Without `id` it gets its row now. The lock on the source must be held. */
export async function beginImport(
  database: Database,
  start: ImportStart & { readonly id: string | undefined; readonly totalCount: number },
): Promise<string> {
  const { id, source, fileName, totalCount, startedBy } = start
  const row = { source, fileName, totalCount, state: 'running' as const }
  const [begun] = id
    ? await database
        .update(contentImports)
        .set(row)
        .where(eq(contentImports.id, id))
        .returning({ id: contentImports.id })
    : await database
        .insert(contentImports)
        .values({ ...row, startedBy })
        .returning({ id: contentImports.id })
  if (!begun) throw new Error(`there is no import ${id}`)
  // Whoever held the lock before is gone.
  await database
    .update(contentImports)
    .set({ state: 'failed', error: 'It was interrupted.', finishedAt: new Date() })
    .where(
      and(
        eq(contentImports.source, source),
        eq(contentImports.state, 'running'),
        ne(contentImports.id, begun.id),
      ),
    )
  return begun.id
}

/** How far it is. */
export async function recordOutcome(
  database: Database | Transaction,
  id: string,
  outcome: Outcome,
): Promise<void> {
  await database.update(contentImports).set(columns(outcome)).where(eq(contentImports.id, id))
}

export async function finishImport(
  transaction: Transaction,
  id: string,
  outcome: Outcome,
): Promise<void> {
  await transaction
    .update(contentImports)
    .set({ ...columns(outcome), state: 'done', error: null, finishedAt: new Date() })
    .where(eq(contentImports.id, id))
}

/** `sentence` is shown to editors. */
export async function failImport(database: Database, id: string, sentence: string): Promise<void> {
  await database
    .update(contentImports)
    .set({ state: 'failed', error: sentence, finishedAt: new Date() })
    .where(and(eq(contentImports.id, id), inArray(contentImports.state, ['waiting', 'running'])))
}

function columns({ created, updated, unchanged, warnings }: Outcome) {
  const more = warnings.length - warningLimit
  const shown = warnings.slice(0, warningLimit)
  return {
    createdCount: created,
    updatedCount: updated,
    unchangedCount: unchanged,
    warnings: more > 0 ? [...shown, `… and ${more} more.`] : shown,
  }
}

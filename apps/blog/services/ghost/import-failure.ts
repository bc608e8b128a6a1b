import type { Database } from '../../models/index.ts'
import { ImportInterruptedError } from './import-error.ts'
import { failImport } from './import-record.ts'

/** An upload that was interrupted is not over: its job will be taken up again. */
export async function recordFailure(
  database: Database,
  { importId, isUpload }: { readonly importId: string; readonly isUpload: boolean },
  error: unknown,
): Promise<void> {
  if (isUpload && error instanceof ImportInterruptedError) return
  await failImport(database, importId, sentenceOf(error))
}

/** What an editor may read; anything unforeseen stays in the log. */
function sentenceOf(error: unknown): string {
  const isForReaders = error instanceof Error && 'status' in error && Number(error.status) < 500
  return isForReaders
    ? error.message
    : 'The import stopped at something unforeseen. It can be run again and will go on from there.'
}

import type { ImportRecord } from '../../../services/ghost/import-record.ts'

const words: Readonly<Record<ImportRecord['state'], string>> = {
  waiting: 'Waiting for its turn',
  running: 'Being imported',
  done: 'Finished',
  failed: 'Not imported',
}

/** An import as the templates show it. */
export interface DescribedImport extends Pick<
  ImportRecord,
  | 'id'
  | 'fileName'
  | 'startedAt'
  | 'state'
  | 'totalCount'
  | 'createdCount'
  | 'updatedCount'
  | 'unchangedCount'
  | 'warnings'
  | 'error'
> {
  readonly url: string
  readonly stateWords: string
  readonly isGood: boolean
  readonly isUnfinished: boolean
  /** The file is still being read, so that nobody knows yet how much there is. */
  readonly isReading: boolean
  readonly doneCount: number
}

export function describeImport(record: ImportRecord): DescribedImport {
  const { createdCount, updatedCount, unchangedCount, totalCount, state } = record
  const doneCount = createdCount + updatedCount + unchangedCount
  return {
    ...record,
    url: `/admin/import/${record.id}`,
    stateWords: words[state],
    isGood: state === 'done',
    isUnfinished: state === 'waiting' || state === 'running',
    isReading: state === 'waiting' || totalCount === 0 || doneCount === 0,
    doneCount,
  }
}

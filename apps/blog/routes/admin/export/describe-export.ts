import { keptHours, type ExportRecord } from '../../../services/export/export-records.ts'

const words: Readonly<Record<ExportRecord['state'], string>> = {
  waiting: 'Waiting for its turn',
  running: 'Being packed',
  done: 'Ready',
  failed: 'Not finished',
}

/** An export as the template shows it. */
export interface DescribedExport {
  readonly url: string
  readonly fileName: string
  readonly requestedAt: Date
  readonly goesAt: Date
  readonly stateWords: string
  readonly isReady: boolean
  readonly isUnfinished: boolean
  readonly done: number
  readonly total: number
  readonly size: string
  readonly holds: string
  readonly warnings: readonly string[]
  readonly error: string | null
}

export function describeExport(record: ExportRecord): DescribedExport {
  const { id, state, choice, requestedAt } = record
  return {
    url: `/admin/export/${id}`,
    fileName: record.fileName,
    requestedAt,
    goesAt: new Date(requestedAt.getTime() + keptHours * 3_600_000),
    stateWords: words[state],
    isReady: state === 'done',
    isUnfinished: state === 'waiting' || state === 'running',
    done: record.done,
    total: record.total,
    size: sizeOf(record.sizeBytes),
    holds: [
      choice.kind === 'ghost' ? 'for Ghost' : 'everything',
      ...(choice.withRevisions ? ['with revisions'] : []),
      ...(choice.withMembers ? ['with members'] : []),
    ].join(', '),
    warnings: record.warnings,
    error: record.error,
  }
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** `14.2 MB`; in thousands, as computers show files. */
export function sizeOf(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const digits = power === 0 ? 0 : 1
  return `${(bytes / 1000 ** power).toFixed(digits)} ${units[power] ?? ''}`
}

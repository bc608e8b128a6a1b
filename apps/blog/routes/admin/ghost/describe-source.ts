import type { GhostSource } from '../../../services/ghost-sync/sources.ts'

export const listUrl = '/admin/ghost/'

export function sourceUrl(id: string): string {
  return `${listUrl}${id}/`
}

const words: Readonly<Record<GhostSource['state'], string>> = {
  never: 'Not read yet',
  running: 'Being read',
  done: 'Up to date',
  failed: 'Failed',
}

/** A source as the templates show it. Nothing of its key. */
export interface DescribedSource {
  readonly url: string
  readonly name: string
  readonly siteUrl: string
  readonly kindWords: string
  readonly stateWords: string
  readonly isGood: boolean
  readonly isActive: boolean
  readonly isRunning: boolean
  readonly takesLegacySignature: boolean
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly lastWebhookAt: Date | null
  readonly error: string | null
  readonly figures: readonly { readonly label: string; readonly count: number }[]
}

const figureLabels = {
  created: 'Created',
  updated: 'Updated',
  unchanged: 'Unchanged',
  unpublished: 'Unpublished',
  membersCreated: 'New members',
  membersUpdated: 'Members changed',
  warnings: 'Warnings',
} as const

export function describeSource(source: GhostSource): DescribedSource {
  const { id, name, siteUrl, kind, state, isActive, counts } = source
  const figures = Object.entries(figureLabels).flatMap(([key, label]) => {
    const count = counts[key]
    return count === undefined ? [] : [{ label, count }]
  })
  return {
    url: sourceUrl(id),
    name: name.replace(/^ghost:/, ''),
    siteUrl,
    kindWords:
      kind === 'admin'
        ? 'Everything, by the Admin API'
        : 'What everybody may read, by the Content API',
    stateWords: isActive ? words[state] : 'Paused',
    isGood: isActive && state === 'done',
    isActive,
    isRunning: isActive && state === 'running',
    takesLegacySignature: source.takesLegacySignature,
    startedAt: source.startedAt,
    finishedAt: source.finishedAt,
    lastWebhookAt: source.lastWebhookAt,
    error: state === 'failed' ? source.error : null,
    figures,
  }
}

import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import { createGuardedFetch } from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import { createStoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'
import type { Database } from './models/index.ts'
import { readSiteUrl } from './services/ghost-sync/open-site.ts'
import { addSource } from './services/ghost-sync/sources.ts'
import { type SyncProgress, syncSource } from './services/ghost-sync/sync-source.ts'

export interface SiteCommand {
  readonly site: {
    /** As it was typed. */
    readonly address: string
    readonly key: string
    readonly kind: 'admin' | 'content'
  }
}

export interface SiteRun extends SiteCommand {
  readonly database: Database
  readonly mediaFolder: string
  readonly secretKey: string
  readonly log: Pick<Logger, 'info'>
  readonly signal: AbortSignal
  readonly write: (line: string) => void
  readonly writeProgress: (line: string) => void
}

/**
 * Reads a site by its API, once. How far it has come is kept with the site, so that it goes on there when it is run
 * again. Whoever types the address may name a machine of their own.
 */
export async function importSite(run: SiteRun): Promise<void> {
  const { site, database, mediaFolder, secretKey, log, signal, write, writeProgress } = run
  const host = new URL(readSiteUrl(site.address)).host
  await using outgoing = createGuardedFetch({ privateHosts: [host] })
  const access = {
    outgoing,
    secrets: createStoredSecrets(deriveKey(secretKey, 'stored-secrets')),
  }
  const source = await addSource(database, { ...site, isFollowed: false }, access)
  const result = await syncSource({
    ...access,
    database,
    mediaFolder,
    log,
    signal,
    sourceId: source.id,
    onProgress: createProgressLines(writeProgress),
  })
  for (const warning of result.warnings) write(`Warning: ${warning}`)
  const { created, updated, unchanged, unpublished, warnings, members } = result
  write(`From ${result.source}: posts, pages, tags and authors together`)
  if (site.kind === 'admin') {
    write(`Members: ${members.created} created, ${members.updated} updated`)
  }
  if (unpublished > 0) write(`${unpublished} that are gone there are drafts now`)
  if (!source.isActive) write('To follow the site from now on: /admin/ghost/')
  write(
    `${created} created, ${updated} updated, ${unchanged} unchanged, ${warnings.length} warnings`,
  )
}

const phases: Readonly<Record<SyncProgress['phase'], string>> = {
  tiers: 'Tiers',
  newsletters: 'Newsletters',
  tags: 'Tags',
  users: 'Authors',
  posts: 'Posts',
  pages: 'Pages',
  members: 'Members',
  sweep: 'Comparing what is there with what is here',
}

function createProgressLines(write: (line: string) => void): (progress: SyncProgress) => void {
  return ({ phase, read }) => write(phase === 'sweep' ? phases.sweep : `${phases[phase]}: ${read}`)
}

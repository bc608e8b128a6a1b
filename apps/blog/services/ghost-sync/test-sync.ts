import {
  createGuardedFetch,
  type GuardedFetch,
} from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import { createStoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'
import { type GhostSite, startGhostSite } from '@rose-ash/testing/ghost/ghost-site'
import type { GhostTables } from '@rose-ash/testing/ghost/ghost-tables'
import { readGhostRows } from '@rose-ash/testing/ghost/read-fixture'
import { openArchive } from '../ghost/archive.ts'
import { fixture, readFixture } from '../ghost/test-export.ts'
import { createImportTarget, type ImportTarget } from '../ghost/test-import.ts'
import { addSource, findGhostSource, type GhostSource } from './sources.ts'
import { type SyncOptions, type SyncResult, syncSource } from './sync-source.ts'

/** For tests: an empty platform, and a Ghost site that it follows. */
export interface SyncTarget extends AsyncDisposable {
  readonly site: GhostSite
  readonly target: ImportTarget
  readonly outgoing: GuardedFetch
  add(kind?: 'admin' | 'content'): Promise<GhostSource>
  sync(sourceId: string, options?: Partial<SyncOptions>): Promise<SyncResult>
  source(sourceId: string): Promise<GhostSource>
}

export const testSecrets = createStoredSecrets(Buffer.alloc(32, 7))

export interface SyncTargetOptions {
  readonly routes?: string
  /** A platform of the caller's, emptied here and closed there; quicker than a new one. */
  readonly platform?: ImportTarget
}

/** Of the fixtures' site, or of one with these rows and no files. */
export async function createSyncTarget(
  tables?: GhostTables,
  { platform, ...options }: SyncTargetOptions = {},
): Promise<SyncTarget> {
  const target = platform ?? (await createImportTarget())
  if (platform) await empty(platform)
  const site = tables ? await startGhostSite({ tables, ...options }) : await startFixtureSite()
  const outgoing = createGuardedFetch({ privateHosts: [site.host] })
  const access = { outgoing, secrets: testSecrets, pauseSeconds: 0.01 }
  const { database } = target.connection
  return {
    site,
    target,
    outgoing,
    add: (kind = 'admin') =>
      addSource(
        database,
        { address: site.url, key: kind === 'admin' ? site.adminKey : site.contentKey, kind },
        access,
      ),
    sync: (sourceId, options = {}) =>
      syncSource({
        ...access,
        database,
        mediaFolder: target.folder.mediaFolder,
        log: { info: () => undefined },
        sourceId,
        ...options,
      }),
    async source(id) {
      const found = await findGhostSource(database, id)
      if (!found) throw new Error('there is no such source')
      return found
    },
    async [Symbol.asyncDispose]() {
      await outgoing[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
      if (!platform) await target[Symbol.asyncDispose]()
    },
  }
}

/** A platform on which nothing has been read from anywhere. */
export function empty(platform: ImportTarget): Promise<void> {
  return platform.reset('ghost_sources', 'tiers', 'newsletters', 'members', 'memberships')
}

/** The site of the fixtures, with its members and its files. */
export async function startFixtureSite(): Promise<GhostSite> {
  return startGhostSite({
    tables: {
      ...readFixture('ghost-6.65.0-sqlite-export.json'),
      members: readGhostRows('admin-api/members.json', 'members'),
    },
    files: await readFiles(),
  })
}

async function readFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  await using archive = await openArchive(fixture('ghost-6.65.0-export-with-images.zip'))
  const files = new Map<string, Uint8Array>()
  for (const { path, open } of archive.media) {
    const parts: Buffer[] = []
    for await (const part of await open()) parts.push(part as Buffer)
    files.set(path, Buffer.concat(parts))
  }
  return files
}

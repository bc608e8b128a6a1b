import type { GuardedFetch } from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import type { Database } from '../../models/index.ts'
import { mediaAddresses } from '../ghost/addresses.ts'
import { importContent } from '../ghost/import-content.ts'
import { findMissingMedia } from '../ghost/import-media.ts'
import { importNewsletters } from '../ghost/import-newsletters.ts'
import { importTiers } from '../ghost/import-tiers.ts'
import { createTools } from '../ghost/load-tools.ts'
import { addOutcomes, nothingDone, type Outcome } from '../ghost/outcome.ts'
import type { ExportedPost } from '../ghost/post-record.ts'
import { createStaging, type StagedRow } from '../ghost/staging.ts'
import type { GhostReader, GhostResource, GhostRow } from './ghost-reader.ts'
import { createSiteMedia } from './site-media.ts'
import { linkedRows, stageRows } from './site-rows.ts'
import { createSiteText } from './site-text.ts'
import type { GhostSource } from './sources.ts'

export interface SiteImportOptions {
  readonly database: Database
  /** Keeps one connection, which holds the lock on the source. */
  readonly session: Database
  readonly mediaFolder: string
  readonly outgoing: GuardedFetch
  readonly reader: GhostReader
  readonly source: Pick<GhostSource, 'name' | 'createdAt'>
  /** Where readers find the site, without a slash at the end. */
  readonly publicUrl: string
  readonly signal?: AbortSignal | undefined
}

/** Stores rows of a site by the same code that stores those of a file. */
export interface SiteImport {
  store(resource: Exclude<GhostResource, 'members'>, rows: readonly GhostRow[]): Promise<Outcome>
  /** With the tags, authors and tiers that they name: for posts that come alone. */
  storeAlone(resource: 'posts' | 'pages', rows: readonly GhostRow[]): Promise<Outcome>
}

/** Rows are read from the statement's parameters, of which a page of long posts makes a large one. */
const stagedAtOnce = 50

/** The Content API ends such a text where it is for members. */
function notesOnCut({ row }: ExportedPost): readonly string[] {
  const isForAll = (row.visibility ?? 'public') === 'public'
  return isForAll
    ? []
    : ['its text is cut off where it is for members, which this key may not read']
}

export function createSiteImport(options: SiteImportOptions): SiteImport {
  const { database, session, mediaFolder, outgoing, reader, publicUrl, signal } = options
  const { name: source, createdAt: followedSince } = options.source
  const store = { database, mediaFolder }
  const text = createSiteText(publicUrl, reader.kind)
  const media = createSiteMedia({ store, outgoing, siteUrl: publicUrl, signal })
  const tools = createTools()
  const adoptedTags = new Map<string, string>()

  async function importStaged(rows: readonly StagedRow[]): Promise<Outcome> {
    if (rows.length === 0) return nothingDone
    const staging = await createStaging(session)
    for (let start = 0; start < rows.length; start += stagedAtOnce) {
      await staging.add(rows.slice(start, start + stagedAtOnce))
    }
    await staging.finish()
    return importContent({
      session,
      staging,
      source,
      isPartial: reader.kind === 'content',
      adoptedTags,
      followedSince,
      record: async () => signal?.throwIfAborted(),
      report: () => undefined,
      workshop: {
        tools,
        renamed: media.renamed,
        bring: (paths) => media.bring(paths),
        notesOn: (post) => (reader.kind === 'content' ? notesOnCut(post) : []),
        findMissing: (paths) => findMissingMedia(store, paths),
      },
    })
  }

  async function storeFew(table: 'tiers' | 'newsletters', rows: readonly StagedRow[]) {
    const staging = await createStaging(session)
    if (rows.length > 0) await staging.add(rows)
    await staging.finish()
    await (table === 'tiers' ? importTiers : importNewsletters)(session, source, staging)
    return nothingDone
  }

  async function storeRows(
    resource: Exclude<GhostResource, 'members'>,
    rows: readonly GhostRow[],
  ): Promise<Outcome> {
    const { staged, problems } = stageRows(resource, rows, text)
    if (resource === 'tags' || resource === 'users') {
      await media.bring(mediaAddresses(JSON.stringify(staged)))
    }
    const done =
      resource === 'tiers' || resource === 'newsletters'
        ? await storeFew(resource, staged)
        : await importStaged(staged)
    return addOutcomes(done, { ...nothingDone, warnings: [...problems, ...media.takeWarnings()] })
  }

  return {
    store: storeRows,
    async storeAlone(resource, rows) {
      const tags = await storeRows('tags', linkedRows(rows, 'tags'))
      const authors = await storeRows('users', linkedRows(rows, 'authors'))
      if (rows.some((row) => row['visibility'] === 'tiers')) {
        const { rows: tiers } = await reader.readPage('tiers', {}, signal)
        await storeRows('tiers', tiers)
      }
      const posts = await storeRows(resource, rows)
      return { ...posts, warnings: [...tags.warnings, ...authors.warnings, ...posts.warnings] }
    },
  }
}

import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { type Database, posts } from '../../models/index.ts'
import { wasEditedHere } from '../ghost/edited-here.ts'
import type { ImportedPost } from '../ghost/import-posts.ts'
import { addOutcomes, nothingDone, type Outcome } from '../ghost/outcome.ts'
import type { GhostReader } from './ghost-reader.ts'
import { readAll, timeOf } from './read-changes.ts'
import type { SiteImport } from './site-import.ts'
import type { GhostSource } from './sources.ts'
import { unpublish } from './unpublish.ts'

export type Difference = GhostSource['differences'][number]

export interface SweepOptions {
  readonly database: Database
  readonly reader: GhostReader
  readonly source: Pick<GhostSource, 'name' | 'createdAt'>
  readonly siteImport: SiteImport
  readonly signal?: AbortSignal | undefined
}

export interface SweepResult {
  readonly outcome: Outcome
  readonly unpublished: number
  readonly differences: readonly Difference[]
}

const ourPage = 500
const theirPage = 50
/** So many at once may be a site that lost its list, not an editor who deleted. */
const mostUnpublished = { least: 20, part: 0.5 }

/**
 * Compares what is there with what is here, by ids and times of change: reads again what was missed, and
 * unpublishes what was deleted there, unless it was edited here.
 */
export async function sweep(options: SweepOptions): Promise<SweepResult> {
  const there = await listThere(options)
  const missed: { posts: string[]; pages: string[] } = { posts: [], pages: [] }
  const gone: ImportedPost[] = []
  const differences: Difference[] = []
  const here = new Set<string>()
  let count = 0

  for await (const page of listHere(options)) {
    count += page.length
    for (const post of page) {
      const sourceId = post.sourceId ?? ''
      here.add(sourceId)
      const known = there.get(sourceId)
      if (!known) gone.push(post)
      else if (post.sourceHash === null || isBehind(post, known.updatedAt)) {
        if (await wasEditedHere(options.database, post)) {
          differences.push(difference(post, 'It was edited here and there. What is here was kept.'))
        } else missed[known.resource].push(sourceId)
      }
    }
  }
  for (const [id, { resource }] of there) if (!here.has(id)) missed[resource].push(id)

  const outcome = await readAgain(options, missed)
  const isTooMuch =
    gone.length > mostUnpublished.least && gone.length > count * mostUnpublished.part
  let unpublished = 0
  for (const post of gone) {
    const what = isTooMuch
      ? 'It is not there any more, like most others, so nothing was done. If that is right, please unpublish it here.'
      : await unpublishGone(options, post)
    if (what === done) unpublished += 1
    differences.push(difference(post, what))
  }
  return {
    outcome,
    unpublished,
    differences: [...differences, ...(await notTaken(options, missed))],
  }
}

interface There {
  readonly resource: 'posts' | 'pages'
  readonly updatedAt: string | undefined
}

async function listThere({ reader, signal }: SweepOptions): Promise<ReadonlyMap<string, There>> {
  const there = new Map<string, There>()
  for (const resource of ['posts', 'pages'] as const) {
    for await (const rows of readAll(reader, resource, { fields: ['id', 'updated_at'], signal })) {
      for (const row of rows) there.set(row.id, { resource, updatedAt: timeOf(row) })
    }
  }
  return there
}

async function* listHere({
  database,
  reader,
  source,
}: SweepOptions): AsyncGenerator<readonly (ImportedPost & { readonly title: string })[]> {
  const { id, sourceId, sourceHash, slug, type, status, updatedAt, sourceExtra, title } = posts
  let last: string | undefined
  for (;;) {
    const page = await database
      .select({ id, sourceId, sourceHash, slug, type, status, updatedAt, sourceExtra, title })
      .from(posts)
      .where(
        and(
          eq(posts.source, source.name),
          // The Content API says nothing of what is not published.
          reader.kind === 'content' ? eq(status, 'published') : undefined,
          last === undefined ? undefined : gt(sourceId, last),
        ),
      )
      .orderBy(asc(sourceId))
      .limit(ourPage)
    if (page.length === 0) return
    yield page
    last = page.at(-1)?.sourceId ?? undefined
  }
}

function isBehind({ sourceExtra }: ImportedPost, updatedAt: string | undefined): boolean {
  const known = sourceExtra['updated_at']
  if (updatedAt === undefined || typeof known !== 'string') return false
  return Date.parse(updatedAt) > Date.parse(known)
}

async function readAgain(
  { reader, siteImport, signal }: SweepOptions,
  missed: Readonly<Record<'posts' | 'pages', readonly string[]>>,
): Promise<Outcome> {
  let outcome: Outcome = nothingDone
  for (const resource of ['posts', 'pages'] as const) {
    for (let start = 0; start < missed[resource].length; start += theirPage) {
      const ids = missed[resource].slice(start, start + theirPage)
      const { rows } = await reader.readPage(resource, { filter: `id:[${ids.join(',')}]` }, signal)
      outcome = addOutcomes(outcome, await siteImport.storeAlone(resource, rows))
    }
  }
  return outcome
}

const done = 'It was deleted there and is a draft here now.'

async function unpublishGone(
  { database, source }: SweepOptions,
  post: ImportedPost,
): Promise<string> {
  if (post.status === 'trashed') return 'It was deleted there, and is in the trash here.'
  if (post.status === 'draft') return 'It was deleted there, and is a draft here.'
  if (await wasEditedHere(database, post)) {
    return 'It was deleted there. It was edited here, so it stays as it is.'
  }
  await unpublish(database, post, { followedSince: source.createdAt })
  return done
}

/** What is still not here after it was read again. */
async function notTaken(
  { database, source }: SweepOptions,
  missed: Readonly<Record<'posts' | 'pages', readonly string[]>>,
): Promise<readonly Difference[]> {
  const ids = [...missed.posts, ...missed.pages]
  if (ids.length === 0) return []
  const found = await database
    .select({ sourceId: posts.sourceId })
    .from(posts)
    .where(and(eq(posts.source, source.name), inArray(posts.sourceId, ids)))
  const here = new Set(found.map(({ sourceId }) => sourceId))
  return ids
    .filter((id) => !here.has(id))
    .map((sourceId) => ({ kind: 'post', sourceId, what: 'It is there and could not be read.' }))
}

function difference(
  { sourceId, title }: ImportedPost & { readonly title?: string },
  what: string,
): Difference {
  return { kind: 'post', sourceId: sourceId ?? '', what: `“${title ?? ''}”: ${what}` }
}

import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { openDatabaseSession } from '@rose-ash/shared/infrastructure/database-session'
import { and, eq, inArray } from 'drizzle-orm'
import { type Database, posts, postTags, tags } from '../../models/index.ts'
import { wasEditedHere } from '../ghost/edited-here.ts'
import { relateImported } from '../ghost/relate-imported.ts'
import { storeWarnings } from '../ghost/store-warnings.ts'
import { forgetPosts } from './forget-posts.ts'
import type { GhostReader } from './ghost-reader.ts'
import { holdSource } from './hold-source.ts'
import { isUpToDate } from './is-up-to-date.ts'
import { openSite, type SiteAccess } from './open-site.ts'
import { createSiteImport } from './site-import.ts'
import { findGhostSource, type GhostSource } from './sources.ts'
import { nobody, storeMembers, withdrawBySourceId } from './sync-members.ts'
import { unpublish } from './unpublish.ts'
import type { DeliveredKind } from './webhook-events.ts'

export interface ObjectToRead {
  readonly sourceId: string
  readonly resource: DeliveredKind
  /** The site's own id. */
  readonly objectId: string
  /** Asked for while another reading of it was under way: not needed when that has seen all. */
  readonly isLate: boolean
}

export interface ReadObjectOptions extends SiteAccess {
  readonly database: Database
  readonly mediaFolder: string
  readonly cache: Pick<Cache, 'invalidateTags'>
  readonly signal?: AbortSignal | undefined
}

/** Reads one thing of a site anew and stores it. What is not there any more is unpublished here. */
export async function readObject(options: ReadObjectOptions, object: ObjectToRead): Promise<void> {
  const { database, signal } = options
  const source = await findGhostSource(database, object.sourceId)
  if (!source?.isActive) return
  await using session = await openDatabaseSession(database)
  await holdSource(session.database, source.name, signal)
  if (object.isLate && (await isUpToDate(database, source, object))) return
  const reader = openSite(options, source)
  const { resource, objectId } = object
  if (resource === 'members') return readMember({ database, source, reader, objectId })
  const row = await reader.find(resource, objectId, signal)
  const { mediaFolder, outgoing, cache } = options
  if (resource === 'tags' && !row) return removeTag(database, source, { objectId, cache })
  if (!row) return removePost(database, source, { objectId, cache })
  const { url: publicUrl } = await reader.site(signal)
  const siteImport = createSiteImport({
    database,
    session: session.database,
    mediaFolder,
    outgoing,
    reader,
    source,
    publicUrl,
    signal,
  })
  if (resource === 'tags') {
    await siteImport.store('tags', [row])
    await cache.invalidateTags(['blog'])
    return
  }
  const before = await forgetPosts(database, source.name, [objectId])
  const { created, updated } = await siteImport.storeAlone(resource, [row])
  if (created + updated === 0) return
  await relateImported(database, source.name, [objectId])
  const after = await forgetPosts(database, source.name, [objectId])
  await cache.invalidateTags([...new Set([...before, ...after])])
}

async function readMember({
  database,
  source,
  reader,
  objectId,
}: {
  readonly database: Database
  readonly source: GhostSource
  readonly reader: GhostReader
  readonly objectId: string
}): Promise<void> {
  if (reader.kind !== 'admin') return
  const row = await reader.find('members', objectId)
  if (row) await storeMembers(database, source.name, { rows: [row], before: nobody })
  else await withdrawBySourceId(database, source.name, [objectId])
}

interface Gone {
  readonly objectId: string
  readonly cache: Pick<Cache, 'invalidateTags'>
}

async function removePost(
  database: Database,
  { name, createdAt: followedSince }: GhostSource,
  { objectId, cache }: Gone,
): Promise<void> {
  const [post] = await database
    .select()
    .from(posts)
    .where(and(eq(posts.source, name), eq(posts.sourceId, objectId)))
  if (!post || post.status === 'trashed' || post.status === 'draft') return
  if (await wasEditedHere(database, post)) {
    await storeWarnings(database, post.id, [
      'It was deleted at the Ghost site that it came from. It was edited here, so it stays.',
    ])
    return
  }
  const shown = await forgetPosts(database, name, [objectId])
  await unpublish(database, post, { followedSince })
  await cache.invalidateTags(shown)
}

/** The site's posts have it no more. The tag itself stays: posts of others may have it. */
async function removeTag(
  database: Database,
  { name }: GhostSource,
  { objectId, cache }: Gone,
): Promise<void> {
  const [tag] = await database
    .select({ id: tags.id })
    .from(tags)
    .where(and(eq(tags.source, name), eq(tags.sourceId, objectId)))
  if (!tag) return
  const own = database.select({ id: posts.id }).from(posts).where(eq(posts.source, name))
  await database
    .delete(postTags)
    .where(and(eq(postTags.tagId, tag.id), inArray(postTags.postId, own)))
  await relateImported(database, name)
  await cache.invalidateTags(['blog'])
}

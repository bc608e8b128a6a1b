import { eq, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { TooManyRequestsError } from '../contracts/errors.ts'
import { apRemoteActors } from '../models/activitypub.ts'
import type { Database } from '../models/database.ts'
import { readActor } from './actor-document.ts'
import type { ReadRemote } from './remote-documents.ts'
import { createTokenBuckets } from './token-buckets.ts'

export type RemoteActor = typeof apRemoteActors.$inferSelect

/** `unknown`: there is nobody, or nobody who could be believed. */
export type FoundActor =
  | { readonly status: 'found'; readonly actor: RemoteActor }
  | { readonly status: 'unknown'; readonly reason: string }

export interface RemoteActors {
  /** As we know them, or as their server says when we do not. Throws as `refresh` does. */
  find(uri: string): Promise<FoundActor>
  /** Whose key this is, as we know it. */
  findByKey(keyId: string): Promise<RemoteActor | undefined>
  /** Asks their server again, unless it was asked in the last five minutes: then as we know them. */
  refresh(uri: string): Promise<FoundActor>
  forget(uri: string): Promise<void>
}

const refreshMilliseconds = 5 * 60_000
/** Of one host, on behalf of strangers. */
const fetchesPerMinute = 30

/** People on other servers. An actor is believed about itself only, and only by its own host. */
export function createRemoteActors({
  database,
  readRemote,
  privateHosts,
}: {
  readonly database: Database
  readonly readRemote: ReadRemote
  readonly privateHosts: readonly string[]
}): RemoteActors {
  /** Answers that say no are remembered as well as others. */
  const asked = new LRUCache<string, { readonly found: FoundActor; readonly at: number }>({
    max: 1000,
  })
  const buckets = createTokenBuckets({ perMinute: fetchesPerMinute })

  async function fetchActor(uri: string): Promise<FoundActor> {
    const host = URL.parse(uri)?.host ?? ''
    if (!buckets.take(host)) {
      throw new TooManyRequestsError(`Too many unknown people of ${host} at once.`)
    }
    const read = await readRemote(uri)
    if (read.status === 'gone') return { status: 'unknown', reason: `${uri} is gone.` }
    if (read.status === 'unusable') return { status: 'unknown', reason: read.reason }
    const actor = readActor(uri, read.document, privateHosts)
    if (!actor) return { status: 'unknown', reason: `${uri} is nobody who could be answered.` }
    const [row] = await database
      .insert(apRemoteActors)
      .values(actor)
      .onConflictDoUpdate({
        target: apRemoteActors.uri,
        set: { ...actor, fetchedAt: sql`now()` },
      })
      .returning()
    if (!row) throw new Error('PostgreSQL did not return the actor')
    return { status: 'found', actor: row }
  }

  async function findKnown(uri: string): Promise<FoundActor | undefined> {
    const [actor] = await database.select().from(apRemoteActors).where(eq(apRemoteActors.uri, uri))
    return actor && { status: 'found', actor }
  }

  async function refresh(uri: string): Promise<FoundActor> {
    const { found: last, at = 0 } = asked.get(uri) ?? {}
    const isFresh = Date.now() - at < refreshMilliseconds
    // Another process may know better by now, or have heard that they are gone.
    const known = last?.status === 'found' ? await findKnown(uri) : last
    if (known && isFresh) return known
    const found = await fetchActor(uri)
    asked.set(uri, { found, at: Date.now() })
    return found
  }

  return {
    refresh,
    find: async (uri) => (await findKnown(uri)) ?? refresh(uri),
    async findByKey(keyId) {
      const [known] = await database
        .select()
        .from(apRemoteActors)
        .where(eq(apRemoteActors.keyId, keyId))
        .limit(1)
      return known
    },
    async forget(uri) {
      asked.delete(uri)
      await database.delete(apRemoteActors).where(eq(apRemoteActors.uri, uri))
    },
  }
}

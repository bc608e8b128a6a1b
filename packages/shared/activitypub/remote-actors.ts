import { eq, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { TooManyRequestsError } from '../contracts/errors.ts'
import { apRemoteActors } from '../models/activitypub.ts'
import type { Database } from '../models/database.ts'
import { type ReadRemote, remoteUrl } from './remote-documents.ts'
import { readPublicKey } from './signatures/signatures.ts'
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

const address = z.string().max(2000)
const key = z.object({ id: address, owner: address, publicKeyPem: z.string().max(20_000) })
const document = z.object({
  id: address,
  type: z.enum(['Application', 'Group', 'Organization', 'Person', 'Service']),
  preferredUsername: z.string().min(1).max(200),
  name: z.string().nullish().catch(null),
  inbox: address,
  endpoints: z
    .object({ sharedInbox: address.optional().catch(undefined) })
    .nullish()
    .catch(null),
  publicKey: z.union([key, z.array(key).min(1).max(10)]),
})

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
  const asked = new LRUCache<string, FoundActor>({ max: 1000, ttl: refreshMilliseconds })
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
    const last = asked.get(uri)
    // Another process may know better by now, or have heard that they are gone.
    const known = last?.status === 'found' ? await findKnown(uri) : last
    if (known) return known
    const found = await fetchActor(uri)
    asked.set(uri, found)
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

/** FEP-fe34: the key is the actor's own, and everything that is believed of it is on its own host. */
function readActor(
  uri: string,
  sent: unknown,
  privateHosts: readonly string[],
): Omit<RemoteActor, 'fetchedAt'> | undefined {
  const parsed = document.safeParse(sent)
  if (!parsed.success) return undefined
  const { id, preferredUsername: username, name, inbox, endpoints, publicKey } = parsed.data
  const { host } = new URL(id)
  const isOwn = (address: string) => remoteUrl(address, privateHosts)?.host === host
  const [usable] = [publicKey].flat().filter((one) => one.owner === id && isOwn(one.id))
  if (id !== uri || !isOwn(inbox) || !usable || !readPublicKey(usable.publicKeyPem))
    return undefined
  const sharedInbox = endpoints?.sharedInbox
  return {
    uri: id,
    host,
    username,
    name: (name ?? username).slice(0, 200),
    inbox,
    sharedInbox: sharedInbox !== undefined && isOwn(sharedInbox) ? sharedInbox : null,
    keyId: usable.id,
    publicPem: usable.publicKeyPem,
  }
}

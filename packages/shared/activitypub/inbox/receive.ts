import { sql } from 'drizzle-orm'
import { ForbiddenError, InvalidInputError, TooManyRequestsError } from '../../contracts/errors.ts'
import { OutgoingError } from '../../infrastructure/outgoing/guarded-fetch.ts'
import { apInbox } from '../../models/activitypub-inbox.ts'
import type { Database } from '../../models/database.ts'
import { spoken } from '../instances.ts'
import { fediverseChannel } from '../outbox/queue-activity.ts'
import { isBlocked } from '../policy.ts'
import type { FoundActor, RemoteActors } from '../remote-actors.ts'
import { remoteUrl } from '../remote-documents.ts'
import { isSignedWith, readSignature } from '../signatures/signatures.ts'
import {
  type ClaimedSignature,
  SignatureError,
  type SignatureSpec,
  type SignedRequest,
} from '../signatures/signed-request.ts'
import { createTokenBuckets } from '../token-buckets.ts'
import { type Envelope, readEnvelope } from './envelope.ts'

export interface InboxDoor {
  readonly database: Database
  readonly actors: RemoteActors
  readonly privateHosts: readonly string[]
  readonly ownHost: string
}

/** What is believed counts for its server, and whatever comes for where it comes from. */
const activitiesPerMinute = 300
const requestsPerMinute = 600

export interface ReceivedRequest extends SignedRequest {
  /** The network address of whoever sends it. */
  readonly from: string
}

/**
 * Takes what another server sends, once it is certain who sends it. What it means comes later: when this
 * returns, it is stored. Throws an error for the sender to read.
 */
export function createReceiver(door: InboxDoor): (request: ReceivedRequest) => Promise<void> {
  const ofServers = createTokenBuckets({ perMinute: activitiesPerMinute })
  const ofAddresses = createTokenBuckets({ perMinute: requestsPerMinute })

  return async (request) => {
    if (!ofAddresses.take(request.from)) throw new TooManyRequestsError(tooMany)
    const envelope = readEnvelope(request.body)
    const { actorUri } = envelope
    const host = hostOf(envelope, door)
    if (request.headers['host'] !== door.ownHost) {
      throw new SignatureError('The request is for another host.')
    }
    if (await isBlocked(door.database, actorUri)) {
      throw new ForbiddenError('Nothing is taken from this account or its server.')
    }
    const claimed = readSignature(request, new Date())
    if (!(await isByActor(door, envelope, claimed))) return
    // Not before it is certain: nobody can use up what is somebody else’s.
    if (!ofServers.take(host)) throw new TooManyRequestsError(tooMany)
    await store(door.database, { ...envelope, host, spec: claimed.spec })
  }
}

const tooMany = 'That was a lot at once. Please go on in a minute.'

/** In one statement, which is committed when it returns. */
async function store(
  database: Database,
  envelope: Envelope & { readonly host: string; readonly spec: SignatureSpec },
): Promise<void> {
  const { id, type, actorUri, objectUri = null, activity, host, spec } = envelope
  await database.execute(sql`
    with server as (${spoken(host, spec)}), stored as (
      insert into ${apInbox} (activity_uri, type, actor_uri, object_uri, body)
      values (${id}, ${type}, ${actorUri}, ${objectUri}, ${JSON.stringify(activity)}::jsonb)
      on conflict (activity_uri) do nothing
    )
    select pg_notify(${fediverseChannel}, '')`)
}

/** The activity and its actor are of one server, and not of this one. */
function hostOf({ id, actorUri }: Envelope, { privateHosts, ownHost }: InboxDoor): string {
  const actor = remoteUrl(actorUri, privateHosts)
  if (!actor || actor.host === ownHost) {
    throw new InvalidInputError('The actor is nobody on another server.')
  }
  if (URL.parse(id)?.origin !== actor.origin) {
    throw new ForbiddenError('The activity is of another server than its actor.')
  }
  return actor.host
}

/**
 * Whether the actor has signed. False only for the end of somebody we have never heard of: there is
 * nothing to be done, and mostly nobody to be asked. Throws SignatureError.
 */
async function isByActor(
  { actors }: InboxDoor,
  { type, actorUri, objectUri }: Envelope,
  claimed: ClaimedSignature,
): Promise<boolean> {
  if (URL.parse(claimed.keyId)?.origin !== new URL(actorUri).origin) {
    throw new SignatureError('The key is of another server than the actor.')
  }
  const known = await actors.findByKey(claimed.keyId)
  if (known && known.uri !== actorUri) throw new SignatureError('The key is somebody else’s.')
  if (!known && type === 'Delete' && objectUri === actorUri) return false
  if (known && isSignedWith(claimed, known.publicPem)) return true
  // They may have another key by now; they are asked for it once in a while, and no more.
  const found = await ask(() => actors.refresh(actorUri))
  if (found.status === 'unknown') throw new SignatureError(found.reason)
  if (found.actor.keyId !== claimed.keyId) {
    throw new SignatureError('The key is not the one that the actor names.')
  }
  if (!isSignedWith(claimed, found.actor.publicPem)) {
    throw new SignatureError('The signature is not of the actor’s key.')
  }
  return true
}

async function ask(refresh: () => Promise<FoundActor>): Promise<FoundActor> {
  try {
    return await refresh()
  } catch (cause) {
    if (!(cause instanceof OutgoingError)) throw cause
    throw new SignatureError(`The actor’s key could not be read: ${cause.message}`, { cause })
  }
}

import type { GuardedFetch } from '../../infrastructure/outgoing/guarded-fetch.ts'
import type { Fediverse } from '../fediverse.ts'
import { createRemoteActors } from '../remote-actors.ts'
import { createReadRemote } from '../remote-documents.ts'
import type { ClaimedActivity } from './claim-activities.ts'
import type { InboxParts } from './inbox-parts.ts'
import { processActivity } from './process-activity.ts'
import { createReceiver, type ReceivedRequest } from './receive.ts'

export interface Inbox {
  receive(request: ReceivedRequest): Promise<void>
  process(claim: ClaimedActivity): Promise<void>
}

export interface InboxOptions {
  readonly fediverse: Fediverse
  readonly comments: InboxParts['comments']
  readonly outgoing: GuardedFetch
  readonly privateHosts: readonly string[]
}

/** Both halves of taking something in: who sends it, and later what it means. */
export function createInbox({ fediverse, comments, outgoing, privateHosts }: InboxOptions): Inbox {
  const { database, addresses } = fediverse
  const signingKey = async () => fediverse.keys.get((await fediverse.profile()).id)
  const readRemote = createReadRemote({ outgoing, addresses, signingKey, privateHosts })
  const actors = createRemoteActors({ database, readRemote, privateHosts })
  const parts = { fediverse, actors, readRemote, comments }
  return {
    receive: createReceiver({ database, actors, privateHosts, ownHost: addresses.host }),
    process: (claim) => processActivity(parts, claim),
  }
}

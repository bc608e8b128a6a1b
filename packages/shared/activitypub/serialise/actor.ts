import type { ActorAddresses } from '../addresses.ts'
import { contexts } from '../contexts.ts'

export interface DescribedActor {
  readonly addresses: ActorAddresses
  readonly name: string
  readonly summary: string
  readonly publicPem: string
  readonly createdAt: Date
}

/** https://www.w3.org/TR/activitypub/#actor-objects */
export function serialiseActor(actor: DescribedActor): object {
  const { addresses, name, summary, publicPem, createdAt } = actor
  return {
    '@context': contexts.actor,
    id: addresses.actor,
    type: 'Organization',
    preferredUsername: addresses.username,
    name,
    summary,
    url: addresses.home,
    published: createdAt.toISOString(),
    inbox: addresses.inbox,
    outbox: addresses.outbox,
    followers: addresses.followers,
    endpoints: { sharedInbox: addresses.sharedInbox },
    manuallyApprovesFollowers: false,
    discoverable: true,
    indexable: true,
    publicKey: { id: addresses.key, owner: addresses.actor, publicKeyPem: publicPem },
  }
}

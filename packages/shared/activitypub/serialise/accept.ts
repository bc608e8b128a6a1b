import type { ActorAddresses } from '../addresses.ts'
import { contexts } from '../contexts.ts'

export function serialiseAccept(
  {
    id,
    follow,
    followUri,
    actor,
  }: { id: string; follow: string; followUri: string; actor: string },
  addresses: ActorAddresses,
): object {
  return {
    '@context': contexts.plain,
    id,
    type: 'Accept',
    actor: addresses.actor,
    to: [actor],
    object: { id: followUri, type: 'Follow', actor, object: follow },
  }
}

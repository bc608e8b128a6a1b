import type { ActorAddresses } from '../addresses.ts'
import { contexts, everybody } from '../contexts.ts'

interface Told {
  readonly type: 'Create' | 'Update' | 'Delete'
  readonly id: string
  /** The object, or its id where that is enough. */
  readonly object: object | string
  readonly at: Date
}

/** Something about our own writing, for everybody. */
export function serialiseActivity(
  { type, id, object, at }: Told,
  addresses: ActorAddresses,
): Readonly<Record<string, unknown>> {
  return {
    '@context': contexts.writing,
    id,
    type,
    actor: addresses.actor,
    to: [everybody],
    cc: [addresses.followers],
    published: at.toISOString(),
    object,
  }
}

import type { CommentsService } from '../../contracts/comments.ts'
import type { Fediverse } from '../fediverse.ts'
import type { RemoteActor, RemoteActors } from '../remote-actors.ts'
import type { ReadRemote } from '../remote-documents.ts'
import type { Outcome } from './claim-activities.ts'
import type { Envelope } from './envelope.ts'

/** What handlers of activities work with. */
export interface InboxParts {
  readonly fediverse: Fediverse
  readonly actors: RemoteActors
  readonly readRemote: ReadRemote
  readonly comments: Pick<
    CommentsService,
    'receiveReply' | 'updateReply' | 'removeReply' | 'removeRepliesOf'
  >
}

/**
 * Deals with an activity that its actor has signed. It may be called again with the same one, when a process
 * dies in the middle; that must not matter. Throwing means: again later.
 */
export type ActivityHandler = (
  parts: InboxParts,
  envelope: Envelope,
  actor: RemoteActor,
) => Promise<Outcome>

export const done: Outcome = { state: 'done' }

export function refused(reason: string): Outcome {
  return { state: 'refused', reason }
}

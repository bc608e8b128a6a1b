import { describeFailure } from '../../events/describe-failure.ts'
import { isBlocked } from '../policy.ts'
import {
  type ClaimedActivity,
  finishActivity,
  type Outcome,
  postponeActivity,
} from './claim-activities.ts'
import { readEnvelope } from './envelope.ts'
import { onFollow } from './handlers/follow.ts'
import { onReaction } from './handlers/react.ts'
import { onUndo } from './handlers/undo.ts'
import { onCreate, onDelete, onUpdate } from './handlers/write.ts'
import { type ActivityHandler, type InboxParts, refused } from './inbox-parts.ts'

const handlers: Readonly<Record<string, ActivityHandler>> = {
  Follow: onFollow,
  Undo: onUndo,
  Create: onCreate,
  Update: onUpdate,
  Delete: onDelete,
  Like: onReaction,
  Announce: onReaction,
}

/** Deals with one activity and remembers how; what fails comes again later. */
export async function processActivity(parts: InboxParts, claim: ClaimedActivity): Promise<void> {
  const { database } = parts.fediverse
  try {
    await finishActivity(database, claim, await handle(parts, claim))
  } catch (error) {
    await postponeActivity(database, claim, describeFailure(error))
  }
}

async function handle(parts: InboxParts, { body }: ClaimedActivity): Promise<Outcome> {
  const envelope = readEnvelope(Buffer.from(JSON.stringify(body)))
  const handler = handlers[envelope.type]
  if (!handler) return refused(`Nothing is done with a ${envelope.type} here.`)
  if (await isBlocked(parts.fediverse.database, envelope.actorUri)) {
    return refused('The account or its server has been blocked.')
  }
  const found = await parts.actors.find(envelope.actorUri)
  if (found.status === 'unknown') return refused(found.reason)
  return handler(parts, envelope, found.actor)
}

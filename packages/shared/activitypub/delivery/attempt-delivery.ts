import { and, eq, or, sql } from 'drizzle-orm'
import { inSeconds } from '../../events/claim-deliveries.ts'
import { apDeliveries } from '../../models/activitypub-outbox.ts'
import { apFollowers, apRemoteActors } from '../../models/activitypub.ts'
import type { Database } from '../../models/database.ts'
import { noteFailure, noteSuccess } from '../instances.ts'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { aDay, nextPauseSeconds, readRetryAfter } from './retry-times.ts'
import { type Answer, isTaken, type Sender, sendActivity } from './send-activity.ts'
import { wordsToSend } from './words-to-send.ts'

const mostRefusals = 5

/** What becomes of a delivery after an attempt. */
type Fate =
  | { readonly state: 'delivered' | 'dropped' | 'parked' }
  | { readonly state: 'queued'; readonly inSeconds: number }

/** Tries once, and remembers how it went: of the delivery, and of its server. */
export async function attemptDelivery(
  sender: Sender,
  claim: ClaimedDelivery,
  signal: AbortSignal,
): Promise<void> {
  const { database } = sender.fediverse
  const words = await wordsToSend(database, claim.outboxId)
  if (words.status === 'outdated') {
    return record(database, claim, { fate: { state: 'dropped' }, text: 'It has changed since.' })
  }
  const { body, profileId } = words
  const message = { inbox: claim.inbox, body, profileId, known: claim.spec }
  const answer = await sendActivity(sender, message, signal)
  const isNews = claim.failures > 0 || claim.spec !== answer.spec
  if (isTaken(answer) && isNews) await noteSuccess(database, claim.host, answer.spec)
  if (isServerAway(answer)) await noteFailure(database, claim.host)
  const fate = fateOf(answer, claim)
  if (fate.state === 'dropped') await dropFollowers(database, claim.inbox)
  await record(database, claim, { fate, text: answer.text, status: answer.status })
}

/** It says nothing of this one activity: nothing that is sent there would have been taken. */
function isServerAway({ status }: Answer): boolean {
  return status === undefined || status === 429 || status >= 500
}

function fateOf(answer: Answer, { attempt, ageSeconds, lastStatus }: ClaimedDelivery): Fate {
  const { status } = answer
  if (isTaken(answer)) return { state: 'delivered' }
  // Who cannot read our key says so with 401 too, and may be able to a little later.
  const isUnsure = status === 401 && attempt < mostRefusals
  if (isServerAway(answer) || isUnsure || status === 408 || status === 425) {
    const asked = readRetryAfter(answer.retryAfter, new Date())
    const pause = nextPauseSeconds(attempt, ageSeconds)
    return pause === undefined
      ? { state: 'parked' }
      : { state: 'queued', inSeconds: Math.max(asked ?? 0, pause) }
  }
  // An inbox that is gone is looked at once more a day later, since servers move and break.
  if (status === 404 || status === 410) {
    const isSecondLook = lastStatus === 404 || lastStatus === 410
    return isSecondLook ? { state: 'dropped' } : { state: 'queued', inSeconds: aDay }
  }
  return { state: 'parked' }
}

async function dropFollowers(database: Database, inbox: string): Promise<void> {
  const there = database
    .select({ uri: apRemoteActors.uri })
    .from(apRemoteActors)
    .where(or(eq(apRemoteActors.inbox, inbox), eq(apRemoteActors.sharedInbox, inbox)))
  await database.delete(apFollowers).where(sql`${apFollowers.actorUri} in (${there})`)
}

/** Only while nobody else has claimed it: each claim counts an attempt. */
async function record(
  database: Database,
  { id, attempt }: ClaimedDelivery,
  { fate, text, status }: { fate: Fate; text: string; status?: number | undefined },
): Promise<void> {
  await database
    .update(apDeliveries)
    .set({
      state: fate.state,
      lastStatus: status ?? null,
      lastError: fate.state === 'delivered' ? null : text,
      ...(fate.state === 'queued'
        ? { nextAttemptAt: inSeconds(fate.inSeconds) }
        : { doneAt: sql`now()` }),
    })
    .where(
      and(
        eq(apDeliveries.id, id),
        eq(apDeliveries.attempts, attempt),
        eq(apDeliveries.state, 'queued'),
      ),
    )
}

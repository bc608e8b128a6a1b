import { createHash } from 'node:crypto'
import { apFollowers } from '../../../models/activitypub.ts'
import { queueActivity } from '../../outbox/queue-activity.ts'
import { serialiseAccept } from '../../serialise/accept.ts'
import { type ActivityHandler, done, refused } from '../inbox-parts.ts'

/** Everybody may follow; who asks again is answered again. */
export const onFollow: ActivityHandler = async ({ fediverse }, envelope, actor) => {
  const { addresses, database } = fediverse
  const { id: followUri, objectUri } = envelope
  if (objectUri !== addresses.actor) return refused('Nobody of that name can be followed here.')
  const { id: profileId } = await fediverse.profile()
  const follower = { profileId, appDomain: addresses.app, actorUri: actor.uri }
  // Made of the wish, so that handling it twice answers it once.
  const activityUri = addresses.activity(uuidOf(followUri))
  await database.transaction(async (transaction) => {
    await transaction
      .insert(apFollowers)
      .values({ ...follower, followUri })
      .onConflictDoUpdate({
        target: [apFollowers.profileId, apFollowers.appDomain, apFollowers.actorUri],
        set: { followUri },
      })
    const accept = { id: activityUri, follow: objectUri, followUri, actor: actor.uri }
    const body = serialiseAccept(accept, addresses)
    const activity = { activityUri, profileId, type: 'Accept', objectUri: followUri, body }
    await queueActivity(transaction, activity, actor.inbox)
  })
  return done
}

/** A name that is always the same for the same text (RFC 9562, version 8). */
function uuidOf(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex')
  const [a, b, c, d, e] = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ]
  return [a, b, c, d, e].join('-')
}

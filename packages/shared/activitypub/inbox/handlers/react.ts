import { apInteractions } from '../../../models/activitypub.ts'
import { type ActivityHandler, done, refused } from '../inbox-parts.ts'

/** A Like or an Announce of a post; of anything else it is nothing to us. */
export const onReaction: ActivityHandler = async ({ fediverse }, envelope, actor) => {
  const { addresses, database, publisher } = fediverse
  const { id: activityUri, type, objectUri = '' } = envelope
  const postId = addresses.postIdOf(objectUri)
  if (postId === undefined || !(await publisher.find(postId))) {
    return refused('That is no post of ours.')
  }
  const kind = type === 'Like' ? 'like' : 'boost'
  await database
    .insert(apInteractions)
    .values({ postId, actorUri: actor.uri, kind, activityUri })
    .onConflictDoUpdate({
      target: [apInteractions.postId, apInteractions.kind, apInteractions.actorUri],
      set: { activityUri },
    })
  return done
}

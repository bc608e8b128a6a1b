import { and, eq, or } from 'drizzle-orm'
import { z } from 'zod'
import { apFollowers, apInteractions } from '../../../models/activitypub.ts'
import { idsOf } from '../envelope.ts'
import { type ActivityHandler, done, refused } from '../inbox-parts.ts'

const undone = z.looseObject({ type: z.string(), actor: z.unknown().optional() })

/** By the one who did it, named by its id or by what it was. */
export const onUndo: ActivityHandler = async ({ fediverse }, { activity, objectUri }, actor) => {
  const { addresses, database } = fediverse
  const { data: inner } = undone.safeParse(activity['object'])
  const [by = actor.uri] = idsOf(inner?.actor)
  if (by !== actor.uri) return refused('Only who did it can undo it.')
  const [target] = idsOf(inner?.['object'])
  const id = objectUri ?? ''

  const isFollow = inner?.type === 'Follow' && target === addresses.actor
  await database
    .delete(apFollowers)
    .where(
      and(
        eq(apFollowers.actorUri, actor.uri),
        isFollow ? undefined : eq(apFollowers.followUri, id),
        eq(apFollowers.appDomain, addresses.app),
      ),
    )

  const postId = addresses.postIdOf(target ?? '')
  const kind = inner?.type === 'Like' ? 'like' : inner?.type === 'Announce' ? 'boost' : undefined
  const byWhatItWas =
    postId && kind
      ? and(eq(apInteractions.postId, postId), eq(apInteractions.kind, kind))
      : undefined
  await database
    .delete(apInteractions)
    .where(
      and(
        eq(apInteractions.actorUri, actor.uri),
        or(eq(apInteractions.activityUri, id), byWhatItWas),
      ),
    )
  return done
}

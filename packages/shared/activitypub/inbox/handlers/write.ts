import { and, eq } from 'drizzle-orm'
import { apInbox } from '../../../models/activitypub-inbox.ts'
import type { RemoteActor } from '../../remote-actors.ts'
import type { Envelope } from '../envelope.ts'
import { type ActivityHandler, done, type InboxParts, refused } from '../inbox-parts.ts'
import { type Note, readNote } from '../note.ts'

/** An answer to a post, or to something in its thread, that everybody may read. */
export const onCreate: ActivityHandler = async (parts, envelope, actor) => {
  const note = await believedNote(parts, envelope, actor)
  if (typeof note === 'string') return refused(note)
  if (!note.isPublic) return refused('It is not for everybody.')
  if (note.inReplyTo === undefined) return refused('It answers nothing.')
  const { addresses, database } = parts.fediverse
  const [deleted] = await database
    .select({ id: apInbox.id })
    .from(apInbox)
    .where(
      and(
        eq(apInbox.objectUri, note.id),
        eq(apInbox.actorUri, actor.uri),
        eq(apInbox.type, 'Delete'),
      ),
    )
    .limit(1)
  if (deleted) return refused('It had been deleted before it came.')
  const postId = addresses.postIdOf(note.inReplyTo)
  const received = await parts.comments.receiveReply({
    remoteUrl: note.id,
    inReplyTo: note.inReplyTo,
    ...(postId !== undefined && { postId }),
    author: { url: actor.uri, name: actor.name, handle: `${actor.username}@${actor.host}` },
    html: note.html,
    publishedAt: note.publishedAt,
  })
  return received.status === 'refused' ? refused(received.reason) : done
}

/** Of somebody's words, or of what their server says of them. */
export const onUpdate: ActivityHandler = async (parts, envelope, actor) => {
  if (envelope.objectUri === actor.uri) {
    // A new key is believed from their server only.
    await parts.actors.refresh(actor.uri)
    return done
  }
  const note = await believedNote(parts, envelope, actor)
  if (typeof note === 'string') return refused(note)
  const reply = { remoteUrl: note.id, authorUrl: actor.uri }
  if (!note.isPublic) {
    await parts.comments.removeReply(reply)
    return done
  }
  const { html, updatedAt } = note
  const isThere = await parts.comments.updateReply({ ...reply, html, updatedAt })
  return isThere ? done : refused('There is no such reply of theirs.')
}

/** What was said is gone for good, or somebody with all that they have said. */
export const onDelete: ActivityHandler = async ({ comments, actors }, { objectUri }, actor) => {
  if (objectUri === undefined) return refused('It does not say what is deleted.')
  if (objectUri === actor.uri) {
    await comments.removeRepliesOf({ authorUrl: actor.uri })
    await actors.forget(actor.uri)
    return done
  }
  await comments.removeReply({ remoteUrl: objectUri, authorUrl: actor.uri })
  return done
}

/**
 * FEP-fe34: what the actor sends along is believed when it is their own and of their server; what only has
 * a name is read there. A string says why it is not believed.
 */
async function believedNote(
  { readRemote }: InboxParts,
  { activity, objectUri }: Envelope,
  actor: RemoteActor,
): Promise<Note | string> {
  if (objectUri === undefined) return 'The object has no id.'
  if (URL.parse(objectUri)?.origin !== new URL(actor.uri).origin) {
    return 'The object is of another server than its actor.'
  }
  let document = activity['object']
  if (typeof document !== 'object' || document === null) {
    const read = await readRemote(objectUri)
    if (read.status !== 'found') return `${objectUri} cannot be read.`
    document = read.document
  }
  const note = readNote(document)
  if (!note) return 'The object is nothing that can be read here.'
  if (note.id !== objectUri || note.authorUri !== actor.uri) return 'The object is somebody else’s.'
  return note
}

import { createFederation, type InboxContext, MemoryKvStore } from '@fedify/fedify'
import {
  Accept,
  type Activity,
  Announce,
  Create,
  Delete,
  Endpoints,
  Follow,
  Like,
  Note,
  Person,
  PUBLIC_COLLECTION,
  Tombstone,
  Undo,
  Update,
} from '@fedify/vocab'
import { serveFetch } from './test-fetch-server.ts'

/** For tests: another server of the fediverse, which speaks it by a program that is not ours. */
export interface FediversePeer extends AsyncDisposable {
  readonly host: string
  /** What it was sent and has believed, as JSON. */
  readonly received: Readonly<Record<string, unknown>>[]
  /** How often it was knocked at, believed or not. */
  readonly knocks: string[]
  /** How it answers: 202 as long as it is undefined. */
  answer: number | undefined
  actorUri(name: string): string
  follow(name: string, actorUri: string): Promise<string>
  unfollow(name: string, actorUri: string, followUri: string): Promise<void>
  /** Returns the id of the Note. */
  reply(name: string, to: ReplyTo): Promise<string>
  edit(name: string, to: ReplyTo & { readonly id: string }): Promise<void>
  remove(name: string, id: string, inbox: string): Promise<void>
  react(name: string, reaction: Reaction & { readonly objectUri: string }): Promise<string>
  undo(name: string, reaction: Reaction & { readonly id: string }): Promise<void>
  leave(name: string, inbox: string): Promise<void>
  /** Another key from now on. */
  renewKeys(): void
}

export interface ReplyTo {
  readonly inReplyTo: string
  readonly inbox: string
  readonly html: string
  /** For the followers only when false. */
  readonly isPublic?: boolean
}

interface Reaction {
  readonly kind: 'like' | 'boost'
  readonly inbox: string
}

export async function createFediversePeer({
  firstKnock = 'draft-cavage-http-signatures-12',
}: {
  readonly firstKnock?: 'draft-cavage-http-signatures-12' | 'rfc9421'
} = {}): Promise<FediversePeer> {
  const keys = new Map<string, CryptoKeyPair>()
  const received: Record<string, unknown>[] = []
  const knocks: string[] = []
  const notes = new Map<string, Note>()
  const federation = createFederation<void>({
    kv: new MemoryKvStore(),
    allowPrivateAddress: true,
    firstKnock,
  })
  federation
    .setActorDispatcher('/users/{identifier}', async (context, identifier) => {
      const [pair] = await context.getActorKeyPairs(identifier)
      return new Person({
        id: context.getActorUri(identifier),
        preferredUsername: identifier,
        name: `${identifier[0]?.toUpperCase()}${identifier.slice(1)} of the hills`,
        inbox: context.getInboxUri(identifier),
        endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
        ...(pair && { publicKey: pair.cryptographicKey }),
      })
    })
    .setKeyPairsDispatcher(async (_context, identifier) => {
      const known = keys.get(identifier) ?? (await createKeys())
      keys.set(identifier, known)
      return [known]
    })
  federation.setObjectDispatcher(
    Note,
    '/notes/{id}',
    async (context, { id }) => notes.get(context.getObjectUri(Note, { id }).href) ?? null,
  )
  const keep = async (_context: InboxContext<void>, activity: Activity) => {
    received.push((await activity.toJsonLd()) as Record<string, unknown>)
  }
  federation
    .setInboxListeners('/users/{identifier}/inbox', '/inbox')
    .on(Accept, keep)
    .on(Create, keep)
    .on(Update, keep)
    .on(Delete, keep)

  let answer: number | undefined
  const server = await serveFetch((request) => {
    if (request.method !== 'POST') return federation.fetch(request, { contextData: undefined })
    knocks.push(new URL(request.url).pathname)
    return answer === undefined
      ? federation.fetch(request, { contextData: undefined })
      : Promise.resolve(new Response('as the test wants it', { status: answer }))
  })
  const { host } = server
  const context = federation.createContext(new URL(`http://${host}`), undefined)
  const actorOf = (name: string) => context.getActorUri(name)
  let count = 0
  const idOf = (kind: string) => new URL(`http://${host}/${kind}/${(count += 1)}`)

  async function send(name: string, inbox: string, activity: Activity): Promise<void> {
    const recipient = { id: new URL(inbox.replace(/\/inbox$/, '')), inboxId: new URL(inbox) }
    await context.sendActivity({ identifier: name }, recipient, activity)
  }

  function noteOf(name: string, id: URL, { inReplyTo, html, isPublic = true }: ReplyTo): Note {
    const note = new Note({
      id,
      attribution: actorOf(name),
      replyTarget: new URL(inReplyTo),
      content: html,
      to: isPublic ? PUBLIC_COLLECTION : new URL(`${actorOf(name).href}/followers`),
    })
    notes.set(id.href, note)
    return note
  }

  return {
    host,
    received,
    knocks,
    get answer() {
      return answer
    },
    set answer(status) {
      answer = status
    },
    actorUri: (name) => actorOf(name).href,
    async follow(name, actorUri) {
      const id = idOf('follows')
      const activity = new Follow({ id, actor: actorOf(name), object: new URL(actorUri) })
      await send(name, `${actorUri}/inbox`, activity)
      return id.href
    },
    async unfollow(name, actorUri, followUri) {
      const follow = { id: new URL(followUri), actor: actorOf(name), object: new URL(actorUri) }
      const object = new Follow(follow)
      await send(
        name,
        `${actorUri}/inbox`,
        new Undo({ id: idOf('undos'), actor: actorOf(name), object }),
      )
    },
    async reply(name, to) {
      const object = noteOf(name, idOf('notes'), to)
      const create = { id: idOf('creates'), actor: actorOf(name), to: PUBLIC_COLLECTION }
      await send(name, to.inbox, new Create({ ...create, object }))
      return object.id?.href ?? ''
    },
    async edit(name, to) {
      const object = noteOf(name, new URL(to.id), to)
      await send(name, to.inbox, new Update({ id: idOf('updates'), actor: actorOf(name), object }))
    },
    async remove(name, id, inbox) {
      const object = new Tombstone({ id: new URL(id) })
      await send(name, inbox, new Delete({ id: idOf('deletes'), actor: actorOf(name), object }))
    },
    async react(name, { kind, objectUri, inbox }) {
      const id = idOf(kind)
      const values = { id, actor: actorOf(name), object: new URL(objectUri) }
      await send(name, inbox, kind === 'like' ? new Like(values) : new Announce(values))
      return id.href
    },
    async undo(name, { kind, id, inbox }) {
      const inner = { id: new URL(id), actor: actorOf(name) }
      const object = kind === 'like' ? new Like(inner) : new Announce(inner)
      await send(name, inbox, new Undo({ id: idOf('undos'), actor: actorOf(name), object }))
    },
    async leave(name, inbox) {
      const values = { id: idOf('deletes'), actor: actorOf(name), object: actorOf(name) }
      await send(name, inbox, new Delete(values))
    },
    renewKeys: () => keys.clear(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** Of 2048 bits: Fedify's own would be twice as long, and take seconds to make. */
async function createKeys(): Promise<CryptoKeyPair> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  }
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

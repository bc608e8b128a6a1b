import { eq, sql } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { NotFoundError } from '../../contracts/errors.ts'
import { apOutbox } from '../../models/activitypub-outbox.ts'
import { apFollowers, apLocalPosts } from '../../models/activitypub.ts'
import { contexts, wantsActivity } from '../contexts.ts'
import type { Fediverse } from '../fediverse.ts'
import { serialiseActivity } from '../serialise/activity.ts'
import { serialiseActor } from '../serialise/actor.ts'
import { articleObject, serialiseArticle, tombstone } from '../serialise/article.ts'
import { missing, sendDocument } from './send-document.ts'

const idParams = z.object({ id: z.uuid() })
const page = z.object({
  page: z.string().optional(),
  before: z
    .string()
    .regex(/^\d{1,16}_[\da-f-]{36}$/)
    .optional()
    .catch(undefined),
})

/** An app's own actor and what it publishes, for programs. Nothing here is anybody's own. */
export async function actorRoutes(
  app: FastifyInstance,
  { fediverse }: { readonly fediverse: Fediverse },
): Promise<void> {
  const { addresses, database, publisher } = fediverse
  const path = new URL(addresses.actor).pathname
  const config = { isForMachines: true }

  app.get(path, { config }, async (request, reply) => {
    // Somebody has opened the address of the actor in a browser.
    if (isPageWanted(request)) return reply.redirect(addresses.home, 303)
    const profile = await fediverse.profile()
    const { publicPem } = await fediverse.keys.get(profile.id)
    const { displayName: name, summary, createdAt } = profile
    return sendDocument(reply, serialiseActor({ addresses, name, summary, publicPem, createdAt }))
  })

  app.get(`${path}/followers`, { config }, async (_request, reply) => {
    const { id } = await fediverse.profile()
    const totalItems = await database.$count(apFollowers, eq(apFollowers.profileId, id))
    // How many is no secret; who they are is theirs to say.
    return sendDocument(reply, {
      '@context': contexts.plain,
      id: addresses.followers,
      type: 'OrderedCollection',
      totalItems,
    })
  })

  app.get(`${path}/outbox`, { config }, async (request, reply) => {
    const asked = page.parse(request.query)
    if (asked.page === undefined && asked.before === undefined) {
      return sendDocument(reply, {
        '@context': contexts.plain,
        id: addresses.outbox,
        type: 'OrderedCollection',
        totalItems: await publisher.count(),
        first: `${addresses.outbox}?page=1`,
      })
    }
    return sendDocument(reply, await outboxPage(asked.before))
  })

  app.get(`${path}/posts/:id`, { config }, async (request, reply) => {
    const { id } = parseId(request)
    const article = await publisher.find(id)
    if (!article) return sendGone(reply, id)
    if (isPageWanted(request)) return reply.redirect(new URL(article.url).href, 303)
    return sendDocument(reply, serialiseArticle(article, addresses))
  })

  app.get(`${path}/activities/:id`, { config }, async (request, reply) => {
    const activityUri = addresses.activity(parseId(request).id)
    const [told] = await database
      .select()
      .from(apOutbox)
      .where(eq(apOutbox.activityUri, activityUri))
    const postId = told && addresses.postIdOf(told.objectUri)
    if (!told || !postId || !isAboutWriting(told.type)) throw new NotFoundError(missing)
    const { type, objectUri: object, createdAt: at } = told
    return sendDocument(reply, serialiseActivity({ type, id: activityUri, object, at }, addresses))
  })

  async function outboxPage(before: string | undefined): Promise<object> {
    const [time, postId] = before?.split('_') ?? []
    const articles = await publisher.list(
      time && postId ? { publishedAt: new Date(Number(time)), postId } : undefined,
    )
    const last = articles.at(-1)
    const id = before ? `${addresses.outbox}?before=${before}` : `${addresses.outbox}?page=1`
    return {
      '@context': contexts.writing,
      id,
      type: 'OrderedCollectionPage',
      partOf: addresses.outbox,
      ...(last && {
        next: `${addresses.outbox}?before=${last.publishedAt.getTime()}_${last.postId}`,
      }),
      orderedItems: articles.map((article) => {
        const { '@context': _context, ...activity } = serialiseActivity(
          {
            type: 'Create',
            id: `${addresses.post(article.postId)}#create`,
            object: articleObject(article, addresses),
            at: article.publishedAt,
          },
          addresses,
        )
        return activity
      }),
    }
  }

  /** What other servers were told of is gone; of everything else they learn nothing. */
  async function sendGone(reply: FastifyReply, postId: string): Promise<FastifyReply> {
    const [told] = await database
      .select({ deletedAt: sql<Date>`coalesce(${apLocalPosts.deletedAt}, now())` })
      .from(apLocalPosts)
      .where(eq(apLocalPosts.postId, postId))
    if (!told) throw new NotFoundError(missing)
    return sendDocument(
      reply.status(410),
      tombstone(addresses.post(postId), new Date(told.deletedAt)),
    )
  }
}

function isPageWanted({ headers }: FastifyRequest): boolean {
  return !wantsActivity(headers.accept) && (headers.accept ?? '').includes('text/html')
}

function parseId(request: FastifyRequest): z.output<typeof idParams> {
  const parsed = idParams.safeParse(request.params)
  if (!parsed.success) throw new NotFoundError(missing)
  return parsed.data
}

function isAboutWriting(type: string): type is 'Create' | 'Update' | 'Delete' {
  return type === 'Create' || type === 'Update' || type === 'Delete'
}

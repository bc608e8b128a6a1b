import type { Fediverse } from '@rose-ash/shared/activitypub/fediverse'
import type { FediverseWork } from '@rose-ash/shared/activitypub/fediverse-work'
import { actorRoutes } from '@rose-ash/shared/activitypub/routes/actor-routes'
import { discoveryRoutes } from '@rose-ash/shared/activitypub/routes/discovery-routes'
import { inboxRoutes } from '@rose-ash/shared/activitypub/routes/inbox-routes'
import type { FastifyInstance } from 'fastify'

/** The blog as other servers see it. */
export async function fediverseRoutes(
  app: FastifyInstance,
  { fediverse, work }: { readonly fediverse: Fediverse; readonly work: FediverseWork },
): Promise<void> {
  const { addresses, publisher } = fediverse
  app.addHook('onClose', () => work[Symbol.asyncDispose]())
  const publicUrl = app.config.publicUrls.blog
  await app.register(discoveryRoutes, { addresses, publicUrl, publisher })
  await app.register(actorRoutes, { fediverse })
  await app.register(inboxRoutes, { addresses, publicUrl, receive: work.receive })
}

import type { Fediverse } from '@rose-ash/shared/activitypub/fediverse'
import { actorRoutes } from '@rose-ash/shared/activitypub/routes/actor-routes'
import { discoveryRoutes } from '@rose-ash/shared/activitypub/routes/discovery-routes'
import type { FastifyInstance } from 'fastify'

/** The blog as other servers see it. */
export async function fediverseRoutes(
  app: FastifyInstance,
  { fediverse }: { readonly fediverse: Fediverse },
): Promise<void> {
  const { addresses, publisher } = fediverse
  const publicUrl = app.config.publicUrls.blog
  await app.register(discoveryRoutes, { addresses, publicUrl, publisher })
  await app.register(actorRoutes, { fediverse })
}

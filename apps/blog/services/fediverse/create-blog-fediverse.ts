import { createFediverse, type Fediverse } from '@rose-ash/shared/activitypub/fediverse'
import {
  createFediverseWork,
  type FediverseWork,
} from '@rose-ash/shared/activitypub/fediverse-work'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { GraphAccess } from '../graph/open-graph.ts'
import type { Site } from '../reading/head-of-post.ts'
import { createPublisher } from './publisher.ts'

/** The blog as other servers see it, and what it does for them. */
export function createBlogFediverse(
  { config, connection, secrets, services, outgoing, log }: AppDependencies,
  { graph, site }: { readonly graph: GraphAccess; readonly site: Site },
): { readonly fediverse: Fediverse; readonly work: FediverseWork } {
  const { database } = connection
  const fediverse = createFediverse({
    addresses: site.actor,
    platform: config.platform,
    database,
    secrets,
    publisher: createPublisher({ database, graph, site }),
  })
  const work = createFediverseWork({
    fediverse,
    comments: services.comments,
    outgoing,
    privateHosts: config.privateHosts,
    listenUrl: config.databaseUrl,
    log,
  })
  return { fediverse, work }
}

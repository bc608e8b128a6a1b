import { createFediverse, type Fediverse } from '@rose-ash/shared/activitypub/fediverse'
import {
  createFediverseWork,
  type FediverseWork,
} from '@rose-ash/shared/activitypub/fediverse-work'
import {
  createFediverseModeration,
  type FediverseModeration,
} from '@rose-ash/shared/activitypub/moderation'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { GraphAccess } from '../graph/open-graph.ts'
import type { Site } from '../reading/head-of-post.ts'
import { createPublisher } from './publisher.ts'
import { workOnFediverseSweep } from './sweep-job.ts'

export interface BlogFediverse {
  readonly fediverse: Fediverse
  readonly work: FediverseWork
  readonly moderation: FediverseModeration
  /** Begins with what is done behind the scenes. */
  start(): Promise<void>
}

/** The blog as other servers see it, what it does for them, and what it keeps away from them. */
export function createBlogFediverse(
  { config, connection, secrets, services, outgoing, jobs, log }: AppDependencies,
  { graph, site }: { readonly graph: GraphAccess; readonly site: Site },
): BlogFediverse {
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
  const { comments } = services
  const moderation = createFediverseModeration({ database, comments })
  return {
    fediverse,
    work,
    moderation,
    async start() {
      await workOnFediverseSweep(jobs, database)
      work.start()
    },
  }
}

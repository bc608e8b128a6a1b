import type { AppName } from '../contracts/apps.ts'
import type { Services } from '../contracts/services.ts'
import type { Cache } from '../infrastructure/cache/cache.ts'
import type { Database } from '../models/database.ts'
import { createAccountService } from './account/account-service.ts'
import { createBlogService } from './blog/blog-service.ts'
import { createCartService } from './cart/cart-service.ts'
import { createClientAppsService } from './client-apps/client-apps-service.ts'
import { cleanReplyHtml } from './comments/clean-html.ts'
import { createCommentsService } from './comments/comments-service.ts'
import { createEventsService } from './events/events-service.ts'
import { createFederationService } from './federation/federation-service.ts'
import { createLikesService } from './likes/likes-service.ts'
import { createMarketService } from './market/market-service.ts'
import { createMembersService } from './members/members-service.ts'
import { createRelationsService } from './relations/relations-service.ts'

/** What services are made of. `publicUrls` have no slash at the end. */
export interface ServiceDependencies {
  readonly database: Database
  /** For telling it what has changed; reads go to the database. */
  readonly cache: Pick<Cache, 'invalidateTags'>
  readonly publicUrls: Readonly<Record<AppName, string>>
  readonly platformName: string
}

/** Every domain's service on one database. One value an app. */
export function createServices(dependencies: ServiceDependencies): Services {
  const blog = createBlogService(dependencies)
  const market = createMarketService(dependencies, { blog })
  const members = createMembersService(dependencies)
  const relations = createRelationsService(dependencies)
  return {
    blog,
    market,
    cart: createCartService(dependencies, { market }),
    events: createEventsService(dependencies, { blog, relations }),
    federation: createFederationService(dependencies),
    account: createAccountService(dependencies),
    members,
    clientApps: createClientAppsService(dependencies),
    relations,
    comments: createCommentsService(dependencies, { members, cleanHtml: cleanReplyHtml }),
    likes: createLikesService(dependencies),
  }
}

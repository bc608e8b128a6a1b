import type { AccountService } from './account.ts'
import type { BlogService } from './blog.ts'
import type { CartService } from './cart.ts'
import type { ClientAppsService } from './client-apps.ts'
import type { CommentsService } from './comments.ts'
import type { EventsService } from './events.ts'
import type { FederationService } from './federation.ts'
import type { LikesService } from './likes.ts'
import type { MarketService } from './market.ts'
import type { MembersService } from './members.ts'
import type { RelationsService } from './relations.ts'

/** Every domain, as the other domains see it. One value an app; never a module-level singleton. */
export interface Services {
  readonly blog: BlogService
  readonly market: MarketService
  readonly cart: CartService
  readonly events: EventsService
  readonly federation: FederationService
  readonly account: AccountService
  /** What members have beside their accounts. */
  readonly members: MembersService
  /** Apps of other people, and what members have let them do. */
  readonly clientApps: ClientAppsService
  /** What belongs to what, between objects of any domain. */
  readonly relations: RelationsService
  /** What is said under posts. */
  readonly comments: CommentsService
  /** Who likes what, of any domain. */
  readonly likes: LikesService
}

import type { Transaction } from '../models/database.ts'
import type { ActivityObjectType, ActivityType, StoredActivity } from './activities.ts'

/**
 * Who hears of what. `emitActivity` writes one delivery for each line that fits, so a line takes
 * effect for activities from then on, and the app that the name begins with must give the function
 * to its `createEventProcessor`: deliveries wait until somebody does. Before a line is removed or
 * renamed, its pending deliveries have to be gone.
 */
export const subscriptions = [
  {
    name: 'blog.refresh-search-words',
    types: ['Create', 'Update', 'Delete', 'ImportFinished'],
    objectTypes: ['Article', 'Page', 'Import'],
  },
  {
    name: 'blog.forget-pages',
    types: ['Create', 'Update', 'Delete', 'ImportFinished'],
    objectTypes: ['Article', 'Page', 'Import'],
  },
  {
    name: 'blog.rebuild-navigation',
    types: ['Add', 'Remove', 'Create', 'Update', 'Delete', 'ImportFinished'],
    objectTypes: ['Relationship', 'Page', 'Article', 'Import'],
  },
  {
    name: 'blog.tell-webhooks',
    types: ['Create', 'Update', 'Delete', 'PostTagsChanged', 'TagChanged', 'ImportFinished'],
    objectTypes: ['Article', 'Page', 'Tag', 'Import'],
  },
  {
    name: 'blog.tell-fediverse',
    types: ['Create', 'Update', 'Delete'],
    objectTypes: ['Article', 'Page'],
  },
  { name: 'blog.mail-about-comments', types: ['CommentPublished'] },
  { name: 'cart.adopt-on-sign-in', types: ['SignIn'] },
  { name: 'federation.tell-apps-of-sign-out', types: ['SignOut'] },
  { name: 'federation.tell-of-new-device', types: ['SignIn'] },
] as const satisfies readonly Subscription[]

export interface Subscription {
  /** `<app>.<what it does>`, for ever. */
  readonly name: string
  readonly types: readonly ActivityType[]
  /** Every kind of object when left out. */
  readonly objectTypes?: readonly ActivityObjectType[]
}

/**
 * Changes the database through `transaction` only: what it writes commits together with the news
 * that it is done, or not at all, so inside the database it happens exactly once. It never waits for
 * another host; for that it enqueues a job in the same transaction. Throwing means: again later.
 *
 * Activities about one object that carry a version come in order of version, one at a time; when a
 * later one is already done (after a replay), an earlier one is skipped. Others come in any order.
 */
export type EventHandler<Type extends ActivityType = ActivityType> = (
  transaction: Transaction,
  activity: StoredActivity<Type>,
) => Promise<void>

/** Functions for lines of a table; those that are left out are another process's. */
export type EventHandlers<Table extends readonly Subscription[] = typeof subscriptions> = {
  readonly [Line in Table[number] as Line['name']]?: EventHandler<Line['types'][number]>
}

import { desc, eq, sql } from 'drizzle-orm'
import type { CommentsService } from '../contracts/comments.ts'
import type { RemoteAuthor } from '../contracts/remote-comments.ts'
import { apDeliveries } from '../models/activitypub-outbox.ts'
import {
  apActorRules,
  apDomainRules,
  apFollowers,
  apInteractions,
  apRemoteActors,
} from '../models/activitypub.ts'
import type { Database, Transaction } from '../models/database.ts'

export interface BlockedAccount {
  readonly uri: string
  readonly createdAt: Date
}

export interface BlockedServer {
  readonly host: string
  readonly createdAt: Date
}

export interface FediverseCounts {
  readonly followers: number
  /** Activities that wait for a server, and that were given up. */
  readonly waiting: number
  readonly givenUp: number
}

/** For moderators of other servers and who is on them; the caller has made sure that it is one. */
export interface FediverseModeration {
  counts(): Promise<FediverseCounts>
  listBlocks(): Promise<{
    readonly accounts: readonly BlockedAccount[]
    readonly servers: readonly BlockedServer[]
  }>
  /**
   * Takes nothing more from them and sends nothing more to them; what they said is hidden, and they follow
   * and like nothing any longer. Returns how many comments were hidden.
   */
  block(whom: RemoteAuthor, by: { readonly id: string }): Promise<number>
  /** What was hidden stays so until somebody puts it back. */
  unblock(whom: RemoteAuthor): Promise<void>
}

export function createFediverseModeration({
  database,
  comments,
}: {
  readonly database: Database
  readonly comments: Pick<CommentsService, 'hideRepliesOf'>
}): FediverseModeration {
  return {
    async counts() {
      const { rows } = await database.execute<Record<keyof FediverseCounts, number>>(sql`select
        (select count(*)::int from ${apFollowers}) as followers,
        (select count(*)::int from ${apDeliveries} where state = 'queued') as waiting,
        (select count(*)::int from ${apDeliveries} where state = 'parked') as "givenUp"`)
      const [counts] = rows
      return counts ?? { followers: 0, waiting: 0, givenUp: 0 }
    },

    async listBlocks() {
      const [accounts, servers] = await Promise.all([
        database
          .select({ uri: apActorRules.actorUri, createdAt: apActorRules.createdAt })
          .from(apActorRules)
          .orderBy(desc(apActorRules.createdAt)),
        database
          .select({ host: apDomainRules.host, createdAt: apDomainRules.createdAt })
          .from(apDomainRules)
          .orderBy(desc(apDomainRules.createdAt)),
      ])
      return { accounts, servers }
    },

    async block(whom, { id: createdBy }) {
      await database.transaction(async (transaction) => {
        if ('host' in whom) {
          const rule = { host: whom.host, createdBy }
          await transaction.insert(apDomainRules).values(rule).onConflictDoNothing()
          await transaction
            .update(apDeliveries)
            .set({ state: 'dropped', doneAt: sql`now()`, lastError: 'The server is blocked.' })
            .where(sql`${apDeliveries.host} = ${whom.host} and ${apDeliveries.state} = 'queued'`)
        } else {
          const rule = { actorUri: whom.authorUrl, createdBy }
          await transaction.insert(apActorRules).values(rule).onConflictDoNothing()
        }
        await forget(transaction, whom)
      })
      return comments.hideRepliesOf(whom)
    },

    async unblock(whom) {
      if ('host' in whom) {
        await database.delete(apDomainRules).where(eq(apDomainRules.host, whom.host))
      } else {
        await database.delete(apActorRules).where(eq(apActorRules.actorUri, whom.authorUrl))
      }
    },
  }
}

async function forget(transaction: Transaction, whom: RemoteAuthor): Promise<void> {
  const theirs = transaction
    .select({ uri: apRemoteActors.uri })
    .from(apRemoteActors)
    .where(
      'host' in whom ? eq(apRemoteActors.host, whom.host) : eq(apRemoteActors.uri, whom.authorUrl),
    )
  await transaction.delete(apFollowers).where(sql`${apFollowers.actorUri} in (${theirs})`)
  await transaction.delete(apInteractions).where(sql`${apInteractions.actorUri} in (${theirs})`)
}

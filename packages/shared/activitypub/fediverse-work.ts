import type { CommentsService } from '../contracts/comments.ts'
import { NotificationListener } from '../events/notification-listener.ts'
import type { Logger } from '../infrastructure/log.ts'
import type { GuardedFetch } from '../infrastructure/outgoing/guarded-fetch.ts'
import { attemptDelivery } from './delivery/attempt-delivery.ts'
import { type ClaimedDelivery, claimDeliveries } from './delivery/claim-deliveries.ts'
import type { Fediverse } from './fediverse.ts'
import { claimActivities } from './inbox/claim-activities.ts'
import { createReceiver, type ReceivedRequest } from './inbox/receive.ts'
import { fediverseChannel } from './outbox/queue-activity.ts'
import { createRemoteActors } from './remote-actors.ts'
import { createReadRemote } from './remote-documents.ts'
import { WorkLoop } from './work-loop.ts'

export interface FediverseWorkOptions {
  readonly fediverse: Fediverse
  readonly comments: CommentsService
  readonly outgoing: GuardedFetch
  readonly privateHosts: readonly string[]
  /** The database without a pooler in between. */
  readonly listenUrl: string
  readonly log: Logger
}

/** What an app does for the fediverse behind the scenes, in any number of processes at once. */
export interface FediverseWork extends AsyncDisposable {
  /** Takes an activity in, if it is its actor's. Throws what its sender is told. */
  receive(request: ReceivedRequest): Promise<void>
  /** Begins to deal with what has come and to send what is to leave. */
  start(): void
}

const sendingAtOnce = 16
const readingAtOnce = 4
const pollSeconds = 5

export function createFediverseWork(options: FediverseWorkOptions): FediverseWork {
  const { fediverse, comments, outgoing, privateHosts, listenUrl: url, log } = options
  const { database, addresses } = fediverse
  const signingKey = async () => fediverse.keys.get((await fediverse.profile()).id)
  const readRemote = createReadRemote({ outgoing, addresses, signingKey, privateHosts })
  const actors = createRemoteActors({ database, readRemote, privateHosts })
  const parts = { fediverse, actors, readRemote, comments }
  const sender = { fediverse, outgoing, privateHosts }
  const common = { pollSeconds, log }

  const reading = new WorkLoop({
    ...common,
    concurrency: readingAtOnce,
    claim: (limit) => claimActivities(database, limit),
    async work(claim) {
      // Most processes never get anything.
      const { processActivity } = await import('./inbox/process-activity.ts')
      await processActivity(parts, claim)
    },
  })
  const sending = new WorkLoop<ClaimedDelivery>({
    ...common,
    concurrency: sendingAtOnce,
    claim: (limit, underWay) => claimDeliveries(database, { limit, underWay }),
    work: (claim, signal) => attemptDelivery(sender, claim, signal),
  })
  const listener = new NotificationListener({
    url,
    channel: fediverseChannel,
    log,
    onNotification() {
      reading.wake()
      sending.wake()
    },
  })
  const ownHost = addresses.host
  return {
    receive: createReceiver({ database, actors, privateHosts, ownHost }),
    start() {
      listener.start()
      reading.start()
      sending.start()
    },
    async [Symbol.asyncDispose]() {
      await listener.stop()
      await Promise.all([reading[Symbol.asyncDispose](), sending[Symbol.asyncDispose]()])
    },
  }
}

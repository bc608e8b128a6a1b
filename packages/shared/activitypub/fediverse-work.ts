import { NotificationListener } from '../events/notification-listener.ts'
import type { Logger } from '../infrastructure/log.ts'
import { type ClaimedDelivery, claimDeliveries } from './delivery/claim-deliveries.ts'
import { claimActivities } from './inbox/claim-activities.ts'
import type { Inbox, InboxOptions } from './inbox/inbox.ts'
import type { ReceivedRequest } from './inbox/receive.ts'
import { fediverseChannel } from './outbox/queue-activity.ts'
import { WorkLoop } from './work-loop.ts'

export interface FediverseWorkOptions extends InboxOptions {
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

const sendingAtOnce = 32
const readingAtOnce = 4
const pollSeconds = 5

/** Most of it is loaded when the first activity comes or leaves: many processes never see one. */
export function createFediverseWork(options: FediverseWorkOptions): FediverseWork {
  const { fediverse, outgoing, privateHosts, listenUrl: url, log } = options
  const { database } = fediverse
  const sender = { fediverse, outgoing, privateHosts }
  const common = { pollSeconds, log }
  let inbox: Promise<Inbox> | undefined
  const openInbox = () =>
    (inbox ??= import('./inbox/inbox.ts').then(({ createInbox }) => createInbox(options)))

  const reading = new WorkLoop({
    ...common,
    concurrency: readingAtOnce,
    claim: (limit) => claimActivities(database, limit),
    work: async (claim) => (await openInbox()).process(claim),
  })
  const sending = new WorkLoop<ClaimedDelivery>({
    ...common,
    concurrency: sendingAtOnce,
    claim: (limit, underWay) => claimDeliveries(database, { limit, underWay }),
    async work(claim, signal) {
      const { attemptDelivery } = await import('./delivery/attempt-delivery.ts')
      await attemptDelivery(sender, claim, signal)
    },
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
  return {
    receive: async (request) => (await openInbox()).receive(request),
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

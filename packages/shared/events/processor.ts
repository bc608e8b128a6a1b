import type { Logger } from '../infrastructure/log.ts'
import type { Database } from '../models/database.ts'
import { Alarm } from './alarm.ts'
import { attemptDelivery, recordFailure } from './attempt-delivery.ts'
import { type Claim, claimDeliveries } from './claim-deliveries.ts'
import { describeFailure, withoutValues } from './describe-failure.ts'
import { activityChannel } from './emit-activity.ts'
import { NotificationListener } from './notification-listener.ts'
import { replayDelivery } from './parked-deliveries.ts'
import { retryDelaySeconds } from './retry-delay.ts'
import type { EventHandler, EventHandlers, Subscription, subscriptions } from './subscriptions.ts'

export interface EventProcessorOptions<
  Table extends readonly Subscription[] = typeof subscriptions,
> {
  readonly database: Database
  /** The same database without a pooler in between: LISTEN needs a connection of its own. */
  readonly listenUrl: string
  readonly handlers: EventHandlers<Table>
  readonly log: Logger
  /** Handlers at once, each on a connection of the pool: leave some to the pages. Default 2. */
  readonly concurrency?: number
  /** How late a delivery may be whose notification was lost. Default 5. */
  readonly pollSeconds?: number
  /** How long a delivery waits for another processor after its own has died. Default 30. */
  readonly leaseSeconds?: number
  readonly maxAttempts?: number
  readonly firstRetrySeconds?: number
  /** How long `stop` waits for handlers that are running. Default 10. */
  readonly stopSeconds?: number
}

export interface EventProcessor extends AsyncDisposable {
  /** Connects behind the scenes; a database that is not there yet is waited for. */
  start(): void
  /** Takes nothing new, and waits for handlers that are running. */
  stop(): Promise<void>
  /** Lets a parked delivery start again from its first attempt. False when it is not parked. */
  replay(deliveryId: number): Promise<boolean>
}

const defaults = {
  concurrency: 2,
  pollSeconds: 5,
  leaseSeconds: 30,
  maxAttempts: 8,
  firstRetrySeconds: 5,
  stopSeconds: 10,
}

/**
 * Brings activities to their handlers. Any number of processors may share the work; what they share
 * is in the table, so one may die at any moment: its deliveries come back to the others. A handler
 * that fails is tried again later and later; after the last attempt the delivery is parked.
 */
export function createEventProcessor<Table extends readonly Subscription[] = typeof subscriptions>(
  options: EventProcessorOptions<Table>,
): EventProcessor {
  return new DatabaseEventProcessor(options)
}

class DatabaseEventProcessor implements EventProcessor {
  readonly #options: typeof defaults & { database: Database; log: Logger }
  readonly #handlers: ReadonlyMap<string, EventHandler>
  readonly #listener: NotificationListener
  readonly #alarm = new Alarm()
  #isStopping = false
  #running: Promise<void> | undefined

  constructor(options: EventProcessorOptions<readonly Subscription[]>) {
    const { handlers, listenUrl: url, log } = options
    this.#options = { ...defaults, ...options }
    // A handler only meets types that its line names, because only those were written for it.
    this.#handlers = new Map(Object.entries(handlers as Record<string, EventHandler>))
    const onNotification = () => this.#alarm.ring()
    this.#listener = new NotificationListener({
      url,
      log,
      channel: activityChannel,
      onNotification,
    })
  }

  start(): void {
    if (this.#handlers.size === 0 || this.#isStopping) return
    this.#listener.start()
    this.#running ??= this.#runUntilStopped()
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    this.#alarm.ring()
    const patience = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => patience.resolve('late'), this.#options.stopSeconds * 1000)
    const ended = Promise.all([this.#running, this.#listener.stop()])
    const isLate = (await Promise.race([ended, patience.promise])) === 'late'
    clearTimeout(timer)
    if (isLate) this.#options.log.warn('an event handler is still running and will be cut off')
  }

  replay(deliveryId: number): Promise<boolean> {
    return replayDelivery(this.#options.database, deliveryId)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #runUntilStopped(): Promise<void> {
    while (!this.#isStopping) {
      try {
        await this.#drain()
      } catch (error) {
        const reason = describeFailure(error)
        this.#options.log.error({ reason }, 'events wait: the database cannot be asked')
      }
      if (!this.#isStopping) await this.#alarm.wait(this.#options.pollSeconds)
    }
  }

  /** Until nothing is due. As much is claimed at a time as can run at once, so none lies idle. */
  async #drain(): Promise<void> {
    const { database, concurrency: limit, leaseSeconds } = this.#options
    let found = true
    while (found) {
      found = false
      for (const [handler, handle] of this.#handlers) {
        if (this.#isStopping) return
        const claims = await claimDeliveries(database, { handler, limit, leaseSeconds })
        if (claims.length > 0) found = true
        await Promise.all(claims.map((claim) => this.#deliver(claim, handle)))
      }
    }
  }

  async #deliver(claim: Claim, handle: EventHandler): Promise<void> {
    const { database, log } = this.#options
    try {
      const outcome = await attemptDelivery(database, claim, handle)
      log.debug({ ...claim, outcome }, 'event handled')
    } catch (error) {
      await this.#fail(claim, error)
    }
  }

  async #fail(claim: Claim, error: unknown): Promise<void> {
    const { database, log, maxAttempts, firstRetrySeconds } = this.#options
    const isLast = claim.attempt >= maxAttempts
    const retryInSeconds = isLast ? undefined : retryDelaySeconds(claim.attempt, firstRetrySeconds)
    const about = { ...claim, retryInSeconds, err: withoutValues(error) }
    if (isLast) log.error(about, 'event parked: somebody has to look at it')
    else log.warn(about, 'event handler failed and will be tried again')
    try {
      await recordFailure(database, claim, { reason: describeFailure(error), retryInSeconds })
    } catch (notRecorded) {
      // The claim runs out by itself, and the delivery is due again then.
      log.error({ ...claim, err: notRecorded }, 'the failure of an event handler was not recorded')
    }
  }
}

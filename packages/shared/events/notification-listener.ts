import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Logger } from '../infrastructure/log.ts'
import { describeFailure } from './describe-failure.ts'

export interface NotificationListenerOptions {
  /** A direct connection: a pooler in transaction mode would swallow notifications. */
  readonly url: string
  readonly channel: string
  readonly log: Logger
  /** Called for each notification, and after each connect: something may have been missed. */
  readonly onNotification: () => void
}

const firstDelayMs = 200
const longestDelayMs = 10_000

/** One connection that listens, and comes back whenever it is lost. */
export class NotificationListener {
  readonly #options: NotificationListenerOptions
  readonly #stopping = new AbortController()
  #listening: Promise<void> | undefined

  constructor(options: NotificationListenerOptions) {
    this.#options = options
  }

  start(): void {
    this.#listening ??= this.#listenUntilStopped()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#listening
  }

  async #listenUntilStopped(): Promise<void> {
    const { signal } = this.#stopping
    let delayMs = firstDelayMs
    while (!signal.aborted) {
      try {
        await this.#listenUntilLost(() => (delayMs = firstDelayMs))
      } catch (error) {
        const reason = describeFailure(error)
        this.#options.log.warn({ reason }, 'no notifications of events; polling goes on')
      }
      // Several processes lose their connection at once and should not all return at once.
      await sleep(delayMs * (0.5 + Math.random()), undefined, { signal }).catch(() => {})
      delayMs = Math.min(delayMs * 2, longestDelayMs)
    }
  }

  /** Returns when it is told to stop, throws when the connection is lost. */
  async #listenUntilLost(onConnected: () => void): Promise<void> {
    const { url, channel, onNotification } = this.#options
    const client = new Client({
      connectionString: url,
      application_name: 'rose-ash events',
      keepAlive: true,
      connectionTimeoutMillis: 5000,
    })
    const { promise: over, resolve, reject } = Promise.withResolvers<void>()
    // Without a listener an error would end the process.
    client.on('error', reject)
    client.on('end', () => reject(new Error('the connection was closed')))
    client.on('notification', onNotification)
    const onAbort = () => resolve()
    this.#stopping.signal.addEventListener('abort', onAbort)
    try {
      await client.connect()
      await client.query(`listen ${client.escapeIdentifier(channel)}`)
      onConnected()
      onNotification()
      if (!this.#stopping.signal.aborted) await over
    } finally {
      this.#stopping.signal.removeEventListener('abort', onAbort)
      over.catch(() => {})
      await client.end().catch(() => {})
    }
  }
}

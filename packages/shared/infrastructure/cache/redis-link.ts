import { Redis, ReplyError } from 'ioredis'
import type { Logger } from '../log.ts'

export interface RedisLinkOptions {
  readonly url: string
  readonly log: Logger
  /** How long a command may take before it counts as failed. */
  readonly commandMs: number
  /** Runs each time Redis was found again, before anybody else may use it. */
  readonly onReturn: (redis: Redis) => Promise<void>
}

/** When a command has gone unanswered for so long, the connection is cut and made anew. */
const socketMs = 1000
const slowestReconnectMs = 2000
const nextTryMs = 1000
const complaintEveryMs = 10_000

/**
 * A connection that costs nothing while Redis is away: commands are then not even tried. The first
 * one that fails to answer in time closes the way for all, and the way opens again when Redis has
 * answered a question asked behind the scenes.
 */
export class RedisLink {
  readonly #redis: Redis
  readonly #options: RedisLinkOptions
  #state: 'starting' | 'open' | 'away' | 'closed' = 'starting'
  #isReturning = false
  #mustReturnAgain = false
  #complainedAt = -Infinity

  constructor(options: RedisLinkOptions) {
    this.#options = options
    this.#redis = new Redis(options.url, {
      // Resending or queueing would bring answers to questions that nobody asks any more.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      socketTimeout: socketMs,
      connectTimeout: 2000,
      retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), slowestReconnectMs),
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
    })
    this.#redis.on('error', (error) => this.suspend(error))
    this.#redis.on('close', () => this.#leave(new Error('the connection was closed')))
    this.#redis.on('ready', () => void this.#return())
  }

  /** What `command` brings, or undefined when Redis cannot be asked. Never throws. */
  async attempt<Result>(command: (redis: Redis) => Promise<Result>): Promise<Result | undefined> {
    if (this.#state !== 'open') return undefined
    try {
      return await withinMs(this.#options.commandMs, command(this.#redis))
    } catch (error) {
      if (error instanceof ReplyError) this.#complain(error, 'Redis refused a cache command')
      else this.suspend(error)
      return undefined
    }
  }

  /** Closes the way until `onReturn` has gone through once more. */
  suspend(reason: unknown): void {
    this.#mustReturnAgain = true
    this.#leave(reason)
    void this.#return()
  }

  close(): void {
    this.#state = 'closed'
    this.#redis.disconnect()
  }

  #leave(reason: unknown): void {
    if (this.#state === 'closed' || this.#state === 'away') return
    this.#state = 'away'
    this.#complain(reason, 'Redis is away: going on without the cache')
  }

  async #return(): Promise<void> {
    if (this.#isReturning || this.#redis.status !== 'ready') return
    this.#isReturning = true
    try {
      do {
        this.#mustReturnAgain = false
        // No time limit of its own: a connection that stays silent is cut after `socketMs`.
        await this.#redis.ping()
        await this.#options.onReturn(this.#redis)
      } while (this.#mustReturnAgain)
      this.#open()
    } catch {
      // The connection may be well and Redis refuse to write: a full disk, for example.
      setTimeout(() => void this.#return(), nextTryMs).unref()
    } finally {
      this.#isReturning = false
    }
  }

  #open(): void {
    if (this.#state === 'closed') return
    if (this.#state === 'away') this.#options.log.info('Redis is back')
    this.#state = 'open'
  }

  #complain(error: unknown, sentence: string): void {
    if (performance.now() - this.#complainedAt < complaintEveryMs) return
    this.#complainedAt = performance.now()
    this.#options.log.warn({ err: error }, sentence)
  }
}

async function withinMs<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    const fail = () => reject(new Error(`Redis did not answer within ${milliseconds} ms`))
    timer = setTimeout(fail, milliseconds)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}

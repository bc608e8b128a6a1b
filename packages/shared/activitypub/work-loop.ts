import { Alarm } from '../events/alarm.ts'
import { describeFailure } from '../events/describe-failure.ts'
import type { Logger } from '../infrastructure/log.ts'

export interface WorkLoopOptions<Claim> {
  /** Takes up to so many things that are due, so that nobody else does them meanwhile. */
  readonly claim: (limit: number, underWay: readonly Claim[]) => Promise<readonly Claim[]>
  /** Does one of them. What it throws is logged only; the claim runs out by itself. */
  readonly work: (claim: Claim, signal: AbortSignal) => Promise<void>
  readonly concurrency: number
  readonly pollSeconds: number
  readonly log: Logger
}

const patienceSeconds = 5

/**
 * Does what lies in a table, several at once: as soon as one is done the next is taken, so that a slow one
 * keeps its own place only.
 */
export class WorkLoop<Claim> implements AsyncDisposable {
  readonly #options: WorkLoopOptions<Claim>
  readonly #alarm = new Alarm()
  readonly #patience = new AbortController()
  #isStopping = false
  readonly #underWay = new Map<Promise<void>, Claim>()
  #running: Promise<void> | undefined

  constructor(options: WorkLoopOptions<Claim>) {
    this.#options = options
  }

  start(): void {
    this.#running ??= this.#runUntilStopped()
  }

  /** There may be something to do. */
  wake(): void {
    this.#alarm.ring()
  }

  /** Takes nothing new, and cuts short what is still under way after some seconds. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopping = true
    this.#alarm.ring()
    const timer = setTimeout(() => this.#patience.abort(), patienceSeconds * 1000)
    await this.#running
    await Promise.all(this.#underWay.keys())
    clearTimeout(timer)
  }

  async #runUntilStopped(): Promise<void> {
    const { claim, concurrency, pollSeconds, log } = this.#options
    while (!this.#isStopping) {
      const free = concurrency - this.#underWay.size
      // Asking for each place that becomes free would cost more than what is done in it.
      const isWorthAsking = free >= concurrency / 2
      try {
        const claims = isWorthAsking ? await claim(free, [...this.#underWay.values()]) : []
        for (const each of claims) this.#begin(each)
        if (claims.length > 0) continue
      } catch (error) {
        log.error({ reason: describeFailure(error) }, 'the fediverse waits: the database is away')
      }
      await this.#alarm.wait(pollSeconds)
    }
  }

  #begin(claim: Claim): void {
    const { work, log } = this.#options
    const done = work(claim, this.#patience.signal)
      .catch((error: unknown) => {
        const reason = describeFailure(error)
        log.error({ reason }, 'something for the fediverse was not done and comes again')
      })
      .finally(() => {
        this.#underWay.delete(done)
        this.#alarm.ring()
      })
    this.#underWay.set(done, claim)
  }
}

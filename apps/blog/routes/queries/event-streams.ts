import { PassThrough } from 'node:stream'
import { TooManyRequestsError, UnavailableError } from '@rose-ash/shared/contracts/errors'

export interface EventStreamLimits {
  readonly streams: number
  readonly streamsPerAddress: number
  readonly heartbeatSeconds: number
}

/** A browser with a dozen lists open, and a process that can do other things as well. */
export const eventStreamLimits: EventStreamLimits = {
  streams: 200,
  streamsPerAddress: 12,
  heartbeatSeconds: 25,
}

export interface ServerEvent {
  readonly id: string
  readonly kind: string
  readonly data: object
}

/** Who reads so slowly is not there any more. */
const mostUnreadBytes = 1_000_000
const retryMilliseconds = 3000

/** The open streams of a process: not too many, and none that outlives it. */
export class EventStreams implements Disposable {
  readonly #limits: EventStreamLimits
  readonly #streams = new Map<PassThrough, string>()
  readonly #heartbeat: NodeJS.Timeout
  #isClosed = false

  /** `onHeartbeat` is called with each, while somebody is there. */
  constructor(limits: EventStreamLimits, onHeartbeat: () => void) {
    this.#limits = limits
    const beat = () => {
      if (this.#streams.size === 0) return
      for (const stream of this.#streams.keys()) write(stream, ': still here\n\n')
      onHeartbeat()
    }
    this.#heartbeat = setInterval(beat, limits.heartbeatSeconds * 1000).unref()
  }

  get size(): number {
    return this.#streams.size
  }

  /** Its place is free again when the stream closes. Throws TooManyRequestsError. */
  open(address: string): PassThrough {
    if (this.#isClosed) throw new UnavailableError('This service is being restarted.')
    const fromThere = [...this.#streams.values()].filter((other) => other === address)
    const { streams, streamsPerAddress } = this.#limits
    if (this.#streams.size >= streams || fromThere.length >= streamsPerAddress)
      throw new TooManyRequestsError('Too many lists are being followed just now.')
    const stream = new PassThrough()
    this.#streams.set(stream, address)
    stream.once('close', () => this.#streams.delete(stream))
    write(stream, `retry: ${retryMilliseconds}\n\n`)
    return stream
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    clearInterval(this.#heartbeat)
    for (const stream of this.#streams.keys()) stream.end()
  }
}

/** As the HTML standard's section on server-sent events has it. */
export function sendEvent(stream: PassThrough, { id, kind, data }: ServerEvent): void {
  write(stream, `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`)
}

function write(stream: PassThrough, text: string): void {
  if (stream.writableEnded || stream.destroyed) return
  if (stream.readableLength + stream.writableLength > mostUnreadBytes) stream.destroy()
  else stream.write(text)
}

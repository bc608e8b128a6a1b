import { lookup as resolve } from 'node:dns'
import { isIP } from 'node:net'
import type { Agent, request } from 'undici'
import { isPublicAddress } from './public-address.ts'

/** Why an address was not read. `sentence` may be shown to whoever named it. */
export class OutgoingError extends Error {
  override name = 'OutgoingError'
  readonly reason:
    | 'not-an-address'
    | 'private'
    | 'unreachable'
    | 'too-slow'
    | 'too-large'
    | 'too-many-redirects'

  constructor(reason: OutgoingError['reason'], sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.reason = reason
  }
}

export interface OutgoingRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** For everything, redirects included. Default 10. */
  readonly timeLimitSeconds?: number
  /** Of the answer's body, as it comes over the wire. Default 512 KiB. */
  readonly mostBytes?: number
  /** Default 3; 0 for writes. */
  readonly mostRedirects?: number
  readonly signal?: AbortSignal
}

export interface OutgoingAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Where the answer came from in the end. */
  readonly url: string
  readonly body: Buffer
}

/**
 * The way to addresses that a stranger or an editor may choose: web addresses on public hosts only,
 * checked again on the address that is connected to and after each redirect, and bounded in time and
 * size. Any status is an answer. Throws OutgoingError.
 */
export interface GuardedFetch extends AsyncDisposable {
  (url: string, options?: OutgoingRequest): Promise<OutgoingAnswer>
}

export function createGuardedFetch({
  privateHosts = [],
}: {
  /** `host` or `host:port` that may be asked although they are not public. */
  readonly privateHosts?: readonly string[]
} = {}): GuardedFetch {
  const mayBePrivate = ({ host, hostname }: URL) =>
    privateHosts.includes(host) || privateHosts.includes(hostname)
  let parts: ReturnType<typeof loadParts> | undefined

  const guardedFetch = async (address: string, options: OutgoingRequest = {}) => {
    const signal = AbortSignal.any([
      AbortSignal.timeout((options.timeLimitSeconds ?? 10) * 1000),
      ...(options.signal ? [options.signal] : []),
    ])
    const { guarded, open, request } = await (parts ??= loadParts())
    let url = checkedUrl(address)
    for (let redirects = options.mostRedirects ?? 3; ; redirects -= 1) {
      const isOpen = mayBePrivate(url)
      if (!isOpen) assertPublicName(url)
      const dispatcher = isOpen ? open : guarded
      const answer = await ask(url, { ...options, signal, dispatcher, request })
      const next = redirectOf(answer, url)
      if (!next) return answer
      if (redirects <= 0) {
        throw new OutgoingError('too-many-redirects', `${url.host} only leads on and on.`)
      }
      url = checkedUrl(next)
    }
  }
  return Object.assign(guardedFetch, {
    async [Symbol.asyncDispose]() {
      if (!parts) return
      const { guarded, open } = await parts
      await Promise.all([guarded.close(), open.close()])
    },
  })
}

/** A megabyte of code that most processes never need. */
async function loadParts() {
  const { Agent, request } = await import('undici')
  const lookup = { connect: { lookup: lookUpPublic } } as object
  return { guarded: new Agent(lookup), open: new Agent(), request }
}

function checkedUrl(address: string): URL {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new OutgoingError('not-an-address', 'That is no web address (https://…).')
  }
  return url
}

/** A literal address never comes to the look-up of names. */
function assertPublicName({ hostname }: URL): void {
  const literal = hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) && !isPublicAddress(literal)) throw privateError(hostname)
}

function privateError(host: string): OutgoingError {
  return new OutgoingError('private', `${host} is not on the public internet.`)
}

/** As `dns.lookup`, but one private address among those of a name refuses the name. */
function lookUpPublic(
  hostname: string,
  options: { readonly all?: boolean },
  callback: (error: Error | null, address?: unknown, family?: number) => void,
): void {
  resolve(hostname, { all: true }, (error, addresses) => {
    if (error) return callback(error)
    const [first] = addresses
    if (!first || addresses.some(({ address }) => !isPublicAddress(address))) {
      return callback(privateError(hostname))
    }
    if (options.all) return callback(null, addresses)
    return callback(null, first.address, first.family)
  })
}

async function ask(
  url: URL,
  options: OutgoingRequest & {
    readonly signal: AbortSignal
    readonly dispatcher: Agent
    readonly request: typeof request
  },
): Promise<OutgoingAnswer> {
  const { method = 'GET', headers = {}, body, signal, dispatcher, mostBytes = 524_288 } = options
  const { request } = options
  try {
    const answer = await request(url, {
      method,
      headers: { 'user-agent': 'RoseAsh', ...headers },
      ...(body !== undefined && { body }),
      signal,
      dispatcher,
    })
    return {
      status: answer.statusCode,
      headers: flat(answer.headers),
      url: url.href,
      body: await readAll(answer.body, mostBytes, url),
    }
  } catch (error) {
    throw describe(error, url, options.signal)
  }
}

async function readAll(body: AsyncIterable<Buffer>, most: number, url: URL): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > most) {
      throw new OutgoingError('too-large', `What ${url.host} sends is too large.`)
    }
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function describe(error: unknown, url: URL, signal: AbortSignal): unknown {
  const cause = error instanceof OutgoingError ? error : (error as Error).cause
  if (cause instanceof OutgoingError) return cause
  if (signal.aborted && (signal.reason as Error).name !== 'TimeoutError') return signal.reason
  if (signal.aborted) {
    return new OutgoingError('too-slow', `${url.host} took too long to answer.`, { cause: error })
  }
  return new OutgoingError('unreachable', `${url.host} cannot be reached.`, { cause: error })
}

function redirectOf({ status, headers }: OutgoingAnswer, url: URL): string | undefined {
  const { location } = headers
  if (![301, 302, 303, 307, 308].includes(status) || !location) return undefined
  return URL.parse(location, url)?.href ?? location
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>) {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}

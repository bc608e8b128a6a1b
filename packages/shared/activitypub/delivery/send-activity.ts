import { type GuardedFetch, OutgoingError } from '../../infrastructure/outgoing/guarded-fetch.ts'
import type { Fediverse } from '../fediverse.ts'
import { remoteUrl, userAgent } from '../remote-documents.ts'
import { signRequest } from '../signatures/signatures.ts'
import type { SignatureSpec } from '../signatures/signed-request.ts'

/** How a server answered. Without a status there was no answer. */
export interface Answer {
  readonly status: number | undefined
  readonly spec: SignatureSpec
  readonly retryAfter: string | undefined
  /** In a few words, for those who look into it. */
  readonly text: string
}

const timeLimitSeconds = 10
const mostBytes = 65_536

export interface Sender {
  readonly fediverse: Fediverse
  readonly outgoing: GuardedFetch
  readonly privateHosts: readonly string[]
}

interface Message {
  readonly inbox: string
  readonly body: string
  readonly profileId: string
  /** What the server took the last time. */
  readonly known: SignatureSpec | null
}

/**
 * Signs with what the server took the last time, else with draft-cavage: there are servers that accept
 * RFC 9421 and drop what they do not understand without a word. Refused for its signature, it is sent once
 * more in the other way.
 */
export async function sendActivity(
  sender: Sender,
  message: Message,
  signal: AbortSignal,
): Promise<Answer> {
  const url = remoteUrl(message.inbox, sender.privateHosts)
  if (!url) {
    return { status: 404, spec: 'cavage', retryAfter: undefined, text: 'It is no address.' }
  }
  const first = message.known ?? 'cavage'
  const answer = await post(sender, { ...message, url, spec: first }, signal)
  if (answer.status !== 401 && answer.status !== 403) return answer
  const second = first === 'cavage' ? 'rfc9421' : 'cavage'
  const other = await post(sender, { ...message, url, spec: second }, signal)
  return isTaken(other) ? other : answer
}

export function isTaken({ status }: Answer): boolean {
  return status !== undefined && status >= 200 && status < 300
}

async function post(
  { fediverse, outgoing }: Sender,
  message: {
    readonly url: URL
    readonly body: string
    readonly profileId: string
    readonly spec: SignatureSpec
  },
  signal: AbortSignal,
): Promise<Answer> {
  const { url, spec, profileId } = message
  const { addresses, keys } = fediverse
  const body = Buffer.from(message.body)
  const { privateKey } = await keys.get(profileId)
  const signed = signRequest(
    { method: 'POST', url, body },
    { keyId: addresses.key, privateKey, spec },
  )
  try {
    const answer = await outgoing(url.href, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/activity+json',
        'user-agent': userAgent(addresses),
        ...signed,
      },
      timeLimitSeconds,
      mostBytes,
      mostRedirects: 0,
      signal,
    })
    const text = answer.body.toString().slice(0, 200)
    return { status: answer.status, spec, retryAfter: answer.headers['retry-after'], text }
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    return { status: undefined, spec, retryAfter: undefined, text: error.message }
  }
}

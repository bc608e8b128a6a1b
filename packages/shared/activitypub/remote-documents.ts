import { z } from 'zod'
import {
  type GuardedFetch,
  type OutgoingAnswer,
  OutgoingError,
} from '../infrastructure/outgoing/guarded-fetch.ts'
import type { ActorAddresses } from './addresses.ts'
import type { SigningKey } from './keys.ts'
import { signRequest } from './signatures/signatures.ts'
import type { SignatureSpec } from './signatures/signed-request.ts'
import { assertSound } from './sound-document.ts'

/** `gone`: its server says that it was there, or that it never was. */
export type RemoteDocument =
  | { readonly status: 'found'; readonly document: Readonly<Record<string, unknown>> }
  | { readonly status: 'gone' }
  | { readonly status: 'unusable'; readonly reason: string }

/** Reads a document of another server by its id. Throws OutgoingError when it may go better later. */
export type ReadRemote = (uri: string) => Promise<RemoteDocument>

const accept =
  'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
const documentTypes = /^application\/(?:activity\+json|ld\+json)\b/
const mostBytes = 1_048_576
/** Two of them have to fit into one entry of an index. */
export const longestAddressBytes = 1000
const object = z.record(z.string(), z.unknown())

export interface RemoteReader {
  readonly outgoing: GuardedFetch
  readonly addresses: ActorAddresses
  readonly signingKey: () => Promise<SigningKey>
  /** Hosts that may be asked without TLS, on private addresses. */
  readonly privateHosts: readonly string[]
}

/**
 * A document is believed when it says that it is what was asked for: where an answer names another id, on
 * the same host, that one is asked for once. Files that somebody has uploaded are never documents.
 */
export function createReadRemote(reader: RemoteReader): ReadRemote {
  const read = async (uri: string, isSecond: boolean): Promise<RemoteDocument> => {
    const url = remoteUrl(uri, reader.privateHosts)
    if (!url) return { status: 'unusable', reason: `${uri} is no address of another server.` }
    url.hash = ''
    const { status, headers, body, url: finalUrl } = await ask(reader, url)
    if (!remoteUrl(finalUrl, reader.privateHosts)) {
      return { status: 'unusable', reason: `${url.host} leads to where nobody is asked.` }
    }
    if (status === 404 || status === 410) return { status: 'gone' }
    if (status === 429 || status >= 500) {
      throw new OutgoingError('unreachable', `${url.host} answered ${status}.`)
    }
    if (status !== 200 || !documentTypes.test(headers['content-type'] ?? '')) {
      return { status: 'unusable', reason: `${url.host} answered ${status}, and no document.` }
    }
    const document = parse(body)
    if (!document) return { status: 'unusable', reason: `${url.host} sent what cannot be read.` }
    const id = typeof document['id'] === 'string' ? document['id'] : ''
    if (withoutHash(id) === url.href || withoutHash(id) === finalUrl) {
      return { status: 'found', document }
    }
    const isSameHost = URL.parse(id)?.host === url.host
    if (!isSecond && isSameHost) return read(id, true)
    return { status: 'unusable', reason: `${uri} is not what it says it is.` }
  }
  return (uri) => read(uri, false)
}

/** Undefined for what is no address, is not on https, or names no host. */
export function remoteUrl(uri: string, privateHosts: readonly string[]): URL | undefined {
  const url = Buffer.byteLength(uri) <= longestAddressBytes ? URL.parse(uri) : null
  if (!url || url.username || url.password) return undefined
  const isPrivate = privateHosts.includes(url.host) || privateHosts.includes(url.hostname)
  if (isPrivate && /^https?:$/.test(url.protocol)) return url
  const isName = url.hostname.includes('.') && !/^[\d.]+$/.test(url.hostname)
  const isUsualPort = url.port === '' || url.port === '8443'
  return url.protocol === 'https:' && isName && isUsualPort ? url : undefined
}

/**
 * Signed, since some servers show nothing to strangers, and in the other way where the first is refused. A
 * signature never goes where a redirect leads.
 */
async function ask(
  { outgoing, addresses, signingKey }: RemoteReader,
  url: URL,
): Promise<OutgoingAnswer> {
  const headers = { accept, 'user-agent': userAgent(addresses) }
  const limits = { mostBytes, timeLimitSeconds: 10 }
  try {
    const answer = await askSigned('cavage')
    const isRefused = answer.status === 401 || answer.status === 403
    return isRefused ? await askSigned('rfc9421') : answer
  } catch (error) {
    const isMoved = error instanceof OutgoingError && error.reason === 'too-many-redirects'
    if (!isMoved) throw error
    return outgoing(url.href, { headers, ...limits, mostRedirects: 5 })
  }

  async function askSigned(spec: SignatureSpec): Promise<OutgoingAnswer> {
    const { privateKey } = await signingKey()
    const request = { method: 'GET', url, body: Buffer.alloc(0) }
    const signed = signRequest(request, { keyId: addresses.key, privateKey, spec })
    return outgoing(url.href, { headers: { ...headers, ...signed }, ...limits, mostRedirects: 0 })
  }
}

/** Whoever wonders who knocks finds the answer in their log. */
export function userAgent({ actor }: ActorAddresses): string {
  return `RoseAsh (+${actor})`
}

function parse(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const document = object.parse(JSON.parse(body.toString()))
    assertSound(document)
    return document
  } catch {
    return undefined
  }
}

function withoutHash(uri: string): string {
  const url = URL.parse(uri)
  if (url) url.hash = ''
  return url?.href ?? ''
}

import { type KeyObject, sign } from 'node:crypto'
import { assertDigest, digestOf } from './digest.ts'
import {
  assertFreshDate,
  assertFreshSignature,
  type ClaimedSignature,
  type SignatureAlgorithm,
  SignatureError,
  type SignedRequest,
} from './signed-request.ts'

const parameter = /^\s*([a-zA-Z]+)=(?:"([^"]*)"|(\d+))\s*$/

/** `hs2019` and nothing mean: by the key. */
const algorithms: Readonly<Record<string, SignatureAlgorithm | undefined>> = {
  'rsa-sha256': 'rsa-sha256',
  'rsa-sha512': 'rsa-sha512',
  ed25519: 'ed25519',
}

/** https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12. Throws SignatureError. */
export function readCavage(request: SignedRequest, now: Date): ClaimedSignature {
  const { keyId, algorithm = 'hs2019', signature, ...given } = readParameters(request)
  if (!keyId || !signature) throw new SignatureError('The Signature header cannot be read.')
  if (algorithm !== 'hs2019' && !algorithms[algorithm]) {
    throw new SignatureError(`Signatures of the kind ${algorithm} are not taken.`)
  }
  const names = (given['headers'] ?? 'date').toLowerCase().split(/\s+/).filter(Boolean)
  const isDated = names.includes('date') || names.includes('(created)')
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  for (const name of ['(request-target)', 'host', ...(hasBody ? ['digest'] : [])]) {
    if (!names.includes(name)) throw new SignatureError(`The signature does not cover ${name}.`)
  }
  if (!isDated) throw new SignatureError('The signature does not cover a date.')
  const created = numberOf(given['created'])
  const expires = numberOf(given['expires'])
  if (names.includes('date')) assertFreshDate(request.headers['date'], now)
  assertFreshSignature({ created, expires }, now)
  if (hasBody) assertDigest(request, 'digest')
  return {
    spec: 'cavage',
    keyId,
    algorithm: algorithms[algorithm],
    base: baseOf(request, names, { created, expires }),
    signature: Buffer.from(signature, 'base64'),
  }
}

/** The headers that a request goes out with. */
export function signCavage(
  request: Omit<SignedRequest, 'headers'>,
  { keyId, privateKey, now }: { keyId: string; privateKey: KeyObject; now: Date },
): Readonly<Record<string, string>> {
  const hasBody = request.method !== 'GET'
  const headers: Record<string, string> = {
    host: request.url.host,
    date: now.toUTCString(),
    ...(hasBody && { digest: digestOf(request.body) }),
  }
  const names = ['(request-target)', ...Object.keys(headers)]
  const base = baseOf({ ...request, headers }, names, {})
  const signature = sign('sha256', Buffer.from(base), privateKey).toString('base64')
  const covered = names.join(' ')
  headers['signature'] =
    `keyId="${keyId}",algorithm="rsa-sha256",headers="${covered}",signature="${signature}"`
  return headers
}

function readParameters({ headers }: SignedRequest): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {}
  for (const part of (headers['signature'] ?? '').split(/,(?=\s*[a-zA-Z]+=)/)) {
    const [, name, text, number] = parameter.exec(part) ?? []
    // One that is said twice may mean one thing here and another elsewhere.
    if (name === undefined || name in parameters) {
      throw new SignatureError('The Signature header cannot be read.')
    }
    parameters[name] = text ?? number ?? ''
  }
  return parameters
}

function baseOf(
  { method, url, headers }: SignedRequest,
  names: readonly string[],
  times: { readonly created?: number | undefined; readonly expires?: number | undefined },
): string {
  const lines = names.map((name) => {
    if (name === '(request-target)') {
      return `${name}: ${method.toLowerCase()} ${url.pathname}${url.search}`
    }
    const value =
      name === '(created)' ? times.created : name === '(expires)' ? times.expires : headers[name]
    if (value === undefined) throw new SignatureError(`The signed ${name} is not there.`)
    return `${name}: ${String(value).trim()}`
  })
  return lines.join('\n')
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,12}$/.test(text)) throw new SignatureError('A time in the signature is no number.')
  return Number(text)
}

import { type KeyObject, sign } from 'node:crypto'
import { assertDigest, contentDigestOf } from './digest.ts'
import {
  assertFreshDate,
  assertFreshSignature,
  type ClaimedSignature,
  type SignatureAlgorithm,
  SignatureError,
  type SignedRequest,
} from './signed-request.ts'
import { type InnerList, readByteSequences, readInnerLists } from './structured-field.ts'

const algorithms: Readonly<Record<string, SignatureAlgorithm | undefined>> = {
  'rsa-v1_5-sha256': 'rsa-sha256',
  'rsa-pss-sha512': 'rsa-pss-sha512',
  ed25519: 'ed25519',
}

/** https://www.rfc-editor.org/rfc/rfc9421#section-3.2. Throws SignatureError. */
export function readRfc9421(request: SignedRequest, now: Date): ClaimedSignature {
  const inputs = readInnerLists(request.headers['signature-input'] ?? '')
  const signatures = readByteSequences(request.headers['signature'] ?? '')
  const [label, input] = [...(inputs ?? [])].find(([name]) => signatures?.has(name)) ?? []
  const signature = signatures?.get(label ?? '')
  if (!input || !signature) throw new SignatureError('The Signature-Input header cannot be read.')
  const { created, expires, keyid, alg } = input.parameters
  if (typeof keyid !== 'string') throw new SignatureError('The signature names no key.')
  if (alg !== undefined && !algorithms[String(alg)]) {
    throw new SignatureError(`Signatures of the kind ${alg} are not taken.`)
  }
  assertCovers(request, input.items)
  if (input.items.includes('date')) assertFreshDate(request.headers['date'], now)
  else if (typeof created !== 'number') throw new SignatureError('The signature has no date.')
  assertFreshSignature({ created: seconds(created), expires: seconds(expires) }, now)
  if (input.items.includes('content-digest')) assertDigest(request, 'content-digest')
  return {
    spec: 'rfc9421',
    keyId: keyid,
    algorithm: algorithms[String(alg)],
    base: baseOf(request, input),
    signature,
  }
}

/** The headers that a request goes out with. */
export function signRfc9421(
  request: Omit<SignedRequest, 'headers'>,
  { keyId, privateKey, now }: { keyId: string; privateKey: KeyObject; now: Date },
): Readonly<Record<string, string>> {
  const hasBody = request.method !== 'GET'
  const headers: Record<string, string> = {
    host: request.url.host,
    date: now.toUTCString(),
    ...(hasBody && { 'content-digest': contentDigestOf(request.body) }),
  }
  const items = ['@method', '@target-uri', '@authority', ...Object.keys(headers)]
  const created = Math.floor(now.getTime() / 1000)
  const list = items.map((item) => `"${item}"`).join(' ')
  const text = `(${list});alg="rsa-v1_5-sha256";keyid="${keyId}";created=${created}`
  const base = baseOf({ ...request, headers }, { items, text })
  const signature = sign('sha256', Buffer.from(base), privateKey).toString('base64')
  return { ...headers, 'signature-input': `sig1=${text}`, signature: `sig1=:${signature}:` }
}

/** All that makes the request what it is: nobody may put the signature on another one. */
function assertCovers({ method, url }: SignedRequest, items: readonly string[]): void {
  const has = (...names: string[]) => names.some((name) => items.includes(name))
  if (new Set(items).size < items.length) throw new SignatureError('A part is signed twice.')
  const isQueryCovered = url.search === '' || has('@query', '@request-target', '@target-uri')
  const isTargetCovered = has('@target-uri', '@request-target', '@path') && isQueryCovered
  const isHostCovered = has('@target-uri', '@authority', 'host')
  if (!has('@method') || !isTargetCovered || !isHostCovered) {
    throw new SignatureError('The signature does not cover @method and @target-uri.')
  }
  if (method !== 'GET' && method !== 'HEAD' && !has('content-digest')) {
    throw new SignatureError('The signature does not cover content-digest.')
  }
}

function baseOf(
  request: SignedRequest,
  { items, text }: Pick<InnerList, 'items' | 'text'>,
): string {
  const lines = items.map((item) => `"${item}": ${componentOf(request, item)}`)
  return [...lines, `"@signature-params": ${text}`].join('\n')
}

function componentOf({ method, url, headers }: SignedRequest, item: string): string {
  switch (item) {
    case '@method':
      return method.toUpperCase()
    case '@target-uri':
      return url.href
    case '@authority':
      return url.host
    case '@scheme':
      return url.protocol.slice(0, -1)
    case '@request-target':
      return `${url.pathname}${url.search}`
    case '@path':
      return url.pathname
    case '@query':
      return url.search || '?'
    default: {
      const value = item.startsWith('@') ? undefined : headers[item]
      if (value === undefined) throw new SignatureError(`The signed ${item} is not there.`)
      return value.trim().replaceAll(/\s*\n\s*/g, ' ')
    }
  }
}

function seconds(value: string | number | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

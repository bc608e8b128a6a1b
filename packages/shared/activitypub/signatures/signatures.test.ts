import { createPrivateKey, createPublicKey } from 'node:crypto'
import { signRequest as fedifySign, verifyRequest } from '@fedify/fedify/sig'
import { CryptographicKey } from '@fedify/vocab'
import { describe, expect, test } from 'vitest'
import { isSignedWith, readSignature, signRequest } from './signatures.ts'
import type { SignatureSpec, SignedRequest } from './signed-request.ts'
import { createRsaKey, received } from './test-signatures.ts'

const { publicKey, privateKey } = createRsaKey()
const other = createRsaKey()
const keyId = 'https://peer.example/users/ada#main-key'
const url = 'https://blog.example/ap/blog/inbox'
const body = '{"type":"Follow","text":"é"}'
const fedifySpecs = {
  cavage: 'draft-cavage-http-signatures-12',
  rfc9421: 'rfc9421',
} as const
const specs = Object.keys(fedifySpecs) as SignatureSpec[]

function isTaken(request: SignedRequest, pem = publicKey, now = new Date()): boolean {
  try {
    return isSignedWith(readSignature(request, now), pem)
  } catch {
    return false
  }
}

function signOurs(spec: SignatureSpec, method: 'GET' | 'POST' = 'POST', to = url) {
  const request = { method, url: new URL(to), body: Buffer.from(method === 'POST' ? body : '') }
  const headers = signRequest(request, { keyId, privateKey: createPrivateKey(privateKey), spec })
  return received({ method, url: to, body: request.body }, Object.entries(headers))
}

async function signTheirs(spec: SignatureSpec): Promise<SignedRequest> {
  const request = new Request(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/activity+json', host: 'blog.example' },
  })
  const key = await crypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'der' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    true,
    ['sign'],
  )
  const signed = await fedifySign(request, key, new URL(keyId), { spec: fedifySpecs[spec] })
  return received({ method: 'POST', url, body }, signed.headers)
}

async function isTakenByFedify(sent: SignedRequest, spec: SignatureSpec): Promise<boolean> {
  const publicCryptoKey = await crypto.subtle.importKey(
    'spki',
    createPublicKey(publicKey).export({ type: 'spki', format: 'der' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    true,
    ['verify'],
  )
  const key = new CryptographicKey({
    id: new URL(keyId),
    owner: new URL('https://peer.example/users/ada'),
    publicKey: publicCryptoKey,
  })
  const headers = Object.entries(sent.headers).map(([name, value]) => [name, value ?? ''] as const)
  const request = new Request(sent.url, {
    method: sent.method,
    headers: headers.map(([name, value]) => [name, value]),
    ...(sent.method === 'POST' && { body: new Uint8Array(sent.body) }),
  })
  const verified = await verifyRequest(request, {
    spec: fedifySpecs[spec],
    keyCache: { get: async () => key, set: async () => {} },
    documentLoader: () => Promise.reject(new Error('nothing is fetched')),
  })
  return verified !== null
}

/** Ways in which somebody might change a request on its way, or send another with its signature. */
const forgeries: readonly (readonly [string, (request: SignedRequest) => SignedRequest])[] = [
  ['another body', (sent) => ({ ...sent, body: Buffer.from(body.replace('Follow', 'Delete')) })],
  ['another path', (sent) => ({ ...sent, url: new URL(url.replace('inbox', 'outbox')) })],
  ['another method', (sent) => ({ ...sent, method: 'PUT' })],
  [
    'another host',
    (sent) => ({
      ...sent,
      url: new URL(url.replace('blog.', 'shop.')),
      headers: { ...sent.headers, host: 'shop.example' },
    }),
  ],
  [
    'another date',
    (sent) => ({
      ...sent,
      headers: { ...sent.headers, date: new Date(Date.now() + 9000).toUTCString() },
    }),
  ],
  [
    'another signature',
    (sent) => ({
      ...sent,
      headers: {
        ...sent.headers,
        signature: sent.headers['signature']?.replace(
          /(signature="|sig1=:)(.)/,
          (_all, start, one) => start + (one === 'A' ? 'B' : 'A'),
        ),
      },
    }),
  ],
  [
    'the digest of another body',
    (sent) => {
      const swapped = signOurs('cavage')
      const { digest: _digest, 'content-digest': _content, ...headers } = sent.headers
      const empty = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
      return {
        ...swapped,
        body: Buffer.alloc(0),
        headers: {
          ...headers,
          ...(sent.headers['digest'] && { digest: `SHA-256=${empty}` }),
          ...(sent.headers['content-digest'] && { 'content-digest': `sha-256=:${empty}:` }),
        },
      }
    },
  ],
]

describe.each(specs)('a request signed by %s', (spec) => {
  test('is taken by Fedify when it is ours, and by us when it is Fedify’s', async () => {
    expect(await isTakenByFedify(signOurs(spec), spec)).toBe(true)
    expect(isTaken(signOurs(spec))).toBe(true)
    expect(isTaken(await signTheirs(spec))).toBe(true)
    expect(readSignature(await signTheirs(spec), new Date())).toMatchObject({ spec, keyId })
    expect(isTaken(signOurs(spec, 'GET'))).toBe(true)
  })

  test.each(forgeries)('is refused by both with %s', async (_name, forge) => {
    for (const signed of [signOurs(spec), await signTheirs(spec)]) {
      expect(isTaken(forge(signed))).toBe(false)
      if (forge(signed).method === 'POST')
        expect(await isTakenByFedify(forge(signed), spec)).toBe(false)
    }
  })

  // Fedify leaves the query out of what draft-cavage signs; others, GoToSocial among them, do not.
  test('has its query signed too', () => {
    const sent = signOurs(spec, 'POST', `${url}?one=1&two=%C3%A9`)
    expect(isTaken(sent)).toBe(true)
    for (const query of ['', '?one=2&two=%C3%A9', '?two=%C3%A9&one=1'])
      expect(isTaken({ ...sent, url: new URL(url + query) })).toBe(false)
  })

  test('is refused with another key, a short one, or none', () => {
    expect(isTaken(signOurs(spec), other.publicKey)).toBe(false)
    expect(isTaken(signOurs(spec), createRsaKey(1024).publicKey)).toBe(false)
    expect(isTaken(signOurs(spec), 'no key')).toBe(false)
  })

  test('is refused long after and long before it was made', () => {
    const sent = signOurs(spec)
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000)
    expect(isTaken(sent, publicKey, at(0.9))).toBe(true)
    expect(isTaken(sent, publicKey, at(13))).toBe(false)
    expect(isTaken(sent, publicKey, at(-2))).toBe(false)
  })

  test('is refused without what must be signed', () => {
    const sent = signOurs(spec)
    for (const name of Object.keys(sent.headers)) {
      const headers = { ...sent.headers, [name]: undefined }
      expect(isTaken({ ...sent, headers })).toBe(false)
    }
  })
})

test.each([
  ['signature', 'keyId="k"'],
  ['signature', 'keyId="k",keyId="l",signature="AA=="'],
  [
    'signature',
    'keyId="k",algorithm="hmac-sha256",headers="(request-target) host date digest",signature="AA=="',
  ],
  ['signature', 'keyId="k",headers="date",signature="AA=="'],
  ['signature-input', 'sig1='],
  ['signature-input', 'sig1=("@method" "@target-uri" "content-digest");created=1'],
  ['signature-input', 'sig1=("@method";req "@target-uri" "content-digest");created=1;keyid="k"'],
  ['signature-input', 'sig1=("@method" "@path" "content-digest");created=1;keyid="k"'],
])('a %s header of “%s” is refused with a sentence', (name, value) => {
  const headers = { ...signOurs('cavage').headers, signature: 'sig1=:AA==:', [name]: value }
  expect(() => readSignature({ ...signOurs('cavage'), headers }, new Date())).toThrow(
    /^(The|A|Sig|There)/,
  )
})

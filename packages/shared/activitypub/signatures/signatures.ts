import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { readCavage, signCavage } from './cavage.ts'
import { readRfc9421, signRfc9421 } from './rfc9421.ts'
import {
  type ClaimedSignature,
  SignatureError,
  type SignatureSpec,
  type SignedRequest,
} from './signed-request.ts'

const fewestBits = 2048
const mostBits = 8192

/**
 * Everything that can be said of a request's signature before its key is looked for: that it covers the
 * request and its body, is fresh, and of a kind that we take. Throws SignatureError.
 */
export function readSignature(request: SignedRequest, now: Date): ClaimedSignature {
  if (request.headers['signature-input'] !== undefined) return readRfc9421(request, now)
  if (request.headers['signature'] !== undefined) return readCavage(request, now)
  throw new SignatureError('The request is not signed.')
}

/** Whether the key made it. A key that is too short, or for something else, has made nothing. */
export function isSignedWith(claimed: ClaimedSignature, publicPem: string): boolean {
  const key = readPublicKey(publicPem)
  if (!key) return false
  const { algorithm = byKey(key), base, signature } = claimed
  const data = Buffer.from(base)
  const type = key.asymmetricKeyType
  switch (algorithm) {
    case 'rsa-sha256':
      return type === 'rsa' && verify('sha256', data, key, signature)
    case 'rsa-sha512':
      return type === 'rsa' && verify('sha512', data, key, signature)
    case 'rsa-pss-sha512': {
      const padding = constants.RSA_PKCS1_PSS_PADDING
      return type === 'rsa' && verify('sha512', data, { key, padding, saltLength: 64 }, signature)
    }
    case 'ed25519':
      return type === 'ed25519' && verify(null, data, key, signature)
  }
}

/** The headers with which a request leaves, `host` among them. */
export function signRequest(
  request: Omit<SignedRequest, 'headers'>,
  key: { readonly keyId: string; readonly privateKey: KeyObject; readonly spec: SignatureSpec },
): Readonly<Record<string, string>> {
  const signer = { ...key, now: new Date() }
  return key.spec === 'cavage' ? signCavage(request, signer) : signRfc9421(request, signer)
}

/** Undefined for what is no public key, or one of a strength that nobody should trust or wait for. */
export function readPublicKey(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
    const isStrong = bits >= fewestBits && bits <= mostBits
    return key.asymmetricKeyType === 'ed25519' || isStrong ? key : undefined
  } catch {
    return undefined
  }
}

function byKey(key: KeyObject): 'ed25519' | 'rsa-sha256' {
  return key.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'rsa-sha256'
}

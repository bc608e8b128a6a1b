import { UnauthorizedError } from '../../contracts/errors.ts'

/** Two ways in which servers sign; draft-cavage-http-signatures-12 is still the one that all take. */
export type SignatureSpec = 'cavage' | 'rfc9421'

export interface SignedRequest {
  readonly method: string
  /** Origin, path and query as the sender wrote them; the origin is our own, from the configuration. */
  readonly url: URL
  /** Names in small letters, values of one name joined. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** A signature that fits its request in all that can be checked without the key. */
export interface ClaimedSignature {
  readonly spec: SignatureSpec
  readonly keyId: string
  /** Undefined: whatever the key is for. */
  readonly algorithm: SignatureAlgorithm | undefined
  /** What was signed. */
  readonly base: string
  readonly signature: Buffer
}

export type SignatureAlgorithm = 'rsa-sha256' | 'rsa-sha512' | 'rsa-pss-sha512' | 'ed25519'

/** Why a request is not believed; the sentence goes back to its sender. */
export class SignatureError extends UnauthorizedError {
  override name = 'SignatureError'
}

const hour = 3600

/** How far a time may lie from now: a clock that is off is forgiven, a request kept for later is not. */
const windows = {
  header: { back: 12 * hour, ahead: hour },
  /** It was written when the signature was made. */
  signature: { back: hour, ahead: 300 },
}

export function assertFreshDate(date: string | undefined, now: Date): void {
  assertFresh(Date.parse(date ?? '') / 1000, { now, window: windows.header })
}

/** The times that stand in the signature itself, in seconds. */
export function assertFreshSignature(
  { created, expires }: { created?: number | undefined; expires?: number | undefined },
  now: Date,
): void {
  if (created !== undefined) assertFresh(created, { now, window: windows.signature })
  if (expires !== undefined && expires * 1000 < now.getTime()) {
    throw new SignatureError('The signature has run out.')
  }
}

function assertFresh(
  seconds: number,
  { now, window }: { readonly now: Date; readonly window: typeof windows.header },
): void {
  const age = now.getTime() / 1000 - seconds
  if (age <= window.back && age >= -window.ahead) return
  throw new SignatureError('The request is dated too far from now.')
}

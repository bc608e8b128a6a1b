import { createHash, createHmac } from 'node:crypto'
import { isEqualSecret } from '../keys.ts'

/** `t=<ms since 1970>,v1=<hex HMAC-SHA-256>` over method, path with query, time and body. */
export const signatureHeader = 'x-rose-ash-signature'

/** How far the caller's clock may be off, and how long a recorded request could be replayed. */
const windowMilliseconds = 30_000

export interface SignedRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly body: string
}

/** What a service of ours sends with a request to another's `/internal/` routes. */
export function signRequest(key: Buffer, request: SignedRequest, now = Date.now()): string {
  return `t=${now},v1=${digest(key, request, now)}`
}

export function isSignatureValid(
  key: Buffer,
  request: SignedRequest & { readonly signature: string | undefined },
  now = Date.now(),
): boolean {
  const match = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(request.signature ?? '')
  if (!match) return false
  const time = Number(match[1])
  if (Math.abs(now - time) > windowMilliseconds) return false
  return isEqualSecret(match[2] ?? '', digest(key, request, time))
}

function digest(key: Buffer, request: SignedRequest, time: number): string {
  const body = createHash('sha256').update(request.body).digest('hex')
  return createHmac('sha256', key)
    .update([request.method, request.path, time, body].join('\n'))
    .digest('hex')
}

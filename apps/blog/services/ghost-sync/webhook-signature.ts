import { createHmac, timingSafeEqual } from 'node:crypto'

/** Ghost sends again within minutes; what is older was recorded by somebody. */
const toleranceMilliseconds = 5 * 60 * 1000

export interface SignedDelivery {
  /** The bytes as they came. */
  readonly rawBody: Buffer
  /** `sha256=<hex>, t=<milliseconds>`, the header x-ghost-signature. */
  readonly signature: string | undefined
}

/**
 * Whether a delivery comes from the site that shares this secret, and from now. Before Ghost 5.87 the hash did not
 * cover the time (PR #20500); that form counts only where the site is known to be so old.
 */
export function isSignedBy(
  { rawBody, signature }: SignedDelivery,
  { secret, takesLegacy, now = Date.now() }: { secret: string; takesLegacy: boolean; now?: number },
): boolean {
  const [, hex, time] = /^sha256=([\da-f]{64}), ?t=(\d{1,16})$/i.exec(signature ?? '') ?? []
  if (!hex || !time) return false
  if (Math.abs(now - Number(time)) > toleranceMilliseconds) return false
  const given = Buffer.from(hex, 'hex')
  const isNow = timingSafeEqual(given, hashOf(secret, rawBody, time))
  const isLegacy = timingSafeEqual(given, hashOf(secret, rawBody, ''))
  return isNow || (takesLegacy && isLegacy)
}

function hashOf(secret: string, rawBody: Buffer, time: string): Buffer {
  return createHmac('sha256', secret).update(rawBody).update(time).digest()
}

import { createHmac } from 'node:crypto'
import { isEqualSecret } from '@rose-ash/shared/infrastructure/keys'

/** Days for which a link to a preview is good. */
const previewDays = 7

/** Addresses at which whoever has them can read a post that is not out yet. Nothing is stored of them. */
export interface PreviewLinks {
  create(postId: string): string
  /** Whether the address was given out for this post and is still good. */
  isGood(postId: string, given: { readonly until: string; readonly key: string }): boolean
}

/** HMAC-SHA-256 over the post's id and the end of its time, in seconds. `key` has 32 bytes. */
export function createPreviewLinks(key: Buffer, now: () => number = Date.now): PreviewLinks {
  const sign = (postId: string, until: string) =>
    createHmac('sha256', key).update(`${postId} ${until}`).digest('base64url')
  return {
    create(postId) {
      const until = String(Math.floor(now() / 1000) + previewDays * 86_400)
      const query = new URLSearchParams({ until, key: sign(postId, until) })
      return `/preview/${postId}/?${query}`
    },
    isGood(postId, { until, key: given }) {
      const isInTime = /^\d{1,12}$/.test(until) && Number(until) * 1000 > now()
      return isEqualSecret(given, sign(postId, until)) && isInTime
    },
  }
}

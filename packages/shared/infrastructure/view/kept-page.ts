import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** A page as it is kept for strangers, cut where the visitor's own cart stands. */
export interface KeptPage {
  readonly before: string
  readonly cart: string
  readonly after: string
  readonly tags: readonly string[]
  /** CSP sources of the page's own code. */
  readonly scriptSources: readonly string[]
  readonly styleSources: readonly string[]
}

export type Encoding = 'br' | 'gzip' | 'identity'

/** What is sent: bytes that are the same for everybody who has no cart. */
export interface Sent {
  readonly body: Buffer
  readonly etag: string
  readonly encoding: Encoding
}

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)
const brotliQuality = 6
/** As for other answers: less is not worth it. */
const leastCompressed = 1024

/** A kept page in this process's memory, with its compressed forms as they are asked for. */
export class PageInHand {
  readonly page: KeptPage
  readonly etag: string
  readonly #bodies = new Map<Encoding, Promise<Buffer> | Buffer>()

  constructor(page: KeptPage) {
    this.page = page
    const whole = page.before + page.cart + page.after
    this.etag = etagOf(whole)
    this.#bodies.set('identity', Buffer.from(whole))
  }

  /** For visitors without a cart. */
  async forStrangers(wanted: Encoding): Promise<Sent> {
    const plain = await this.#body('identity')
    const encoding = plain.length < leastCompressed ? 'identity' : wanted
    return { body: await this.#body(encoding), etag: this.etag, encoding }
  }

  /** With the visitor's own cart. */
  withCart(cart: string): Sent {
    const { before, after } = this.page
    const whole = before + cart + after
    return { body: Buffer.from(whole), etag: etagOf(whole), encoding: 'identity' }
  }

  #body(encoding: Encoding): Promise<Buffer> | Buffer {
    const known = this.#bodies.get(encoding)
    if (known) return known
    const made = this.#compress(encoding)
    this.#bodies.set(encoding, made)
    return made
  }

  async #compress(encoding: Encoding): Promise<Buffer> {
    const plain = await this.#body('identity')
    return encoding === 'br'
      ? compressBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } })
      : compressGzip(plain)
  }
}

export function bytesOf({ before, after }: KeptPage): number {
  return 2 * (before.length + after.length)
}

/** Weak, since the same page goes out in several encodings (RFC 9110 8.8.1). */
export function etagOf(text: string): string {
  return `W/"${createHash('sha1').update(text).digest('base64url')}"`
}

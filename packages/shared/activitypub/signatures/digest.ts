import { createHash, timingSafeEqual } from 'node:crypto'
import { SignatureError, type SignedRequest } from './signed-request.ts'

const algorithms: Readonly<Record<string, 'sha256' | 'sha512'>> = {
  'sha-256': 'sha256',
  'sha-512': 'sha512',
}

/** `Digest` (RFC 3230), as draft-cavage signatures go with. */
export function digestOf(body: Buffer): string {
  return `SHA-256=${hash('sha256', body).toString('base64')}`
}

/** `Content-Digest` (RFC 9530), as RFC 9421 signatures go with. */
export function contentDigestOf(body: Buffer): string {
  return `sha-256=:${hash('sha256', body).toString('base64')}:`
}

/** Throws SignatureError unless there is one that we know, and each that we know fits. */
export function assertDigest(
  { headers, body }: SignedRequest,
  name: 'digest' | 'content-digest',
): void {
  const value = headers[name] ?? ''
  const pattern = name === 'digest' ? /^([\w-]+)=([\w+/=]+)$/ : /^([\w-]+)=:([\w+/=]*):$/
  let known = 0
  for (const part of value.split(',')) {
    const [, algorithm = '', sent = ''] = pattern.exec(part.trim()) ?? []
    const used = algorithms[algorithm.toLowerCase()]
    if (!used) continue
    known += 1
    const [own, theirs] = [hash(used, body), Buffer.from(sent, 'base64')]
    if (own.length !== theirs.length || !timingSafeEqual(own, theirs)) {
      throw new SignatureError('The body is not the one that was signed.')
    }
  }
  if (known === 0) throw new SignatureError(`There is no SHA-256 in the ${name} header.`)
}

function hash(algorithm: 'sha256' | 'sha512', body: Buffer): Buffer {
  return createHash(algorithm).update(body).digest()
}

import { createHmac } from 'node:crypto'
import { GhostSiteError } from './ghost-site-error.ts'

/** Ghost takes none that lives longer. */
const lifeSeconds = 5 * 60

export interface AdminKey {
  readonly id: string
  readonly secret: Buffer
}

/** `id:secret` of a custom integration, both hexadecimal. Throws GhostSiteError, without the key. */
export function parseAdminKey(key: string): AdminKey {
  const [, id, secret] = /^([\da-f]{24}):((?:[\da-f]{2}){16,})$/i.exec(key.trim()) ?? []
  if (!id || !secret) {
    throw new GhostSiteError(
      'bad-key',
      'That is no Admin API key. It has 24 letters and digits, a colon and 64 more; in Ghost it stands under Settings, Integrations, Add custom integration.',
    )
  }
  return { id, secret: Buffer.from(secret, 'hex') }
}

/** A JSON Web Token (RFC 7519) as Ghost's Admin API wants it: HS256, `kid`, audience `/admin/`. */
export function createGhostToken({ id, secret }: AdminKey, now = Date.now()): string {
  const issuedAt = Math.floor(now / 1000)
  const parts = [
    { alg: 'HS256', typ: 'JWT', kid: id },
    { iat: issuedAt, exp: issuedAt + lifeSeconds, aud: '/admin/' },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  const signed = parts.join('.')
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

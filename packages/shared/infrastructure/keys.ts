import { hkdfSync, timingSafeEqual } from 'node:crypto'

/** What a key is for. Two purposes never share a key, though all come from SECRET_KEY. */
export type KeyPurpose =
  | 'internal-signature'
  | 'device-cookie'
  | 'notice-cookie'
  | 'oidc'
  | 'oidc-keys'
  | 'oidc-cookies'
  | 'oidc-codes'
  | 'handshake'
  | 'sign-on'
  | 'sign-in-limits'
  | 'stored-secrets'
  | 'previews'
  | 'unsubscribing'

/** 32 bytes for one purpose (HKDF-SHA-256, RFC 5869). */
export function deriveKey(secretKey: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `rose-ash/${purpose}`, 32))
}

/** Compares in a time that does not tell how much was right. */
export function isEqualSecret(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

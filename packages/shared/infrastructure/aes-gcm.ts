import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

/** What is encrypted, and beside it what it is for: opening it takes the same. */
export interface Associated {
  readonly key: KeyObject | Buffer
  readonly audience?: string
}

/** AES-256-GCM with a random 96-bit IV (NIST SP 800-38D). In base64url: IV, tag, text. The key has 32 bytes. */
export function encrypt(text: Buffer, { key, audience = '' }: Associated): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(audience))
  const encrypted = [cipher.update(text), cipher.final()]
  return Buffer.concat([iv, cipher.getAuthTag(), ...encrypted]).toString('base64url')
}

/** Undefined when it does not authenticate: changed, cut, or of another key or audience. */
export function decrypt(sealed: string, { key, audience = '' }: Associated): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < ivBytes + tagBytes) return undefined
  const iv = bytes.subarray(0, ivBytes)
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(audience))
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  const text = decipher.update(bytes.subarray(ivBytes + tagBytes))
  try {
    return Buffer.concat([text, decipher.final()])
  } catch {
    return undefined
  }
}

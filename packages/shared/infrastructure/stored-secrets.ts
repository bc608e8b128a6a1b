import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Secrets of other people's systems, as they lie in the database. */
export interface StoredSecrets {
  seal(secret: string): string
  /** Throws when it was sealed under another SECRET_KEY, or changed. */
  open(sealed: string): string
}

const ivBytes = 12
const tagBytes = 16

/** AES-256-GCM with a random 96-bit IV (NIST SP 800-38D); `key` has 32 bytes. */
export function createStoredSecrets(key: Buffer): StoredSecrets {
  return {
    seal(secret) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const iv = bytes.subarray(0, ivBytes)
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      const text = decipher.update(bytes.subarray(ivBytes + tagBytes))
      return Buffer.concat([text, decipher.final()]).toString('utf8')
    },
  }
}

import { decrypt, encrypt } from './aes-gcm.ts'

/** Secrets of other people's systems, as they lie in the database. */
export interface StoredSecrets {
  seal(secret: string): string
  /** Throws when it was sealed under another SECRET_KEY, or changed. */
  open(sealed: string): string
}

/** `key` has 32 bytes. */
export function createStoredSecrets(key: Buffer): StoredSecrets {
  return {
    seal: (secret) => encrypt(Buffer.from(secret), { key }),
    open(sealed) {
      const text = decrypt(sealed, { key })
      if (!text) throw new Error('A stored secret was sealed under another SECRET_KEY, or changed.')
      return text.toString()
    },
  }
}

import { decrypt, encrypt } from './aes-gcm.ts'

/** Secrets of other people's systems, as they lie in the database. */
export interface StoredSecrets {
  seal(secret: string): string
  /** Undefined when it was sealed under another SECRET_KEY, or changed. */
  open(sealed: string): string | undefined
}

/** `key` has 32 bytes. */
export function createStoredSecrets(key: Buffer): StoredSecrets {
  return {
    seal: (secret) => encrypt(Buffer.from(secret), { key }),
    open: (sealed) => decrypt(sealed, { key })?.toString(),
  }
}

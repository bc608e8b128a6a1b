import { hash, randomBytes } from 'node:crypto'

/** 256 random bits, base64url: for cookies, links and client secrets that must not be guessed. */
export function createSecretId(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256, hexadecimal. What is stored of a secret id, so that a stolen table opens nothing. */
export function hashSecretId(id: string): string {
  return hash('sha256', id, 'hex')
}

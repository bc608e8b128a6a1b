import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import type { z } from 'zod'

/** Values that travel through a browser: only our own services can read them, nobody can change them. */
export interface Seal<Value> {
  /** `audience` names whom it is for and what it belongs to; opening it takes the same one. */
  seal(value: Value, audience: string): string
  /** Undefined when it is not ours, was changed, is for somebody else, or is too old. */
  open(sealed: string, audience: string): Value | undefined
}

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16
/** When it ends, in ms since 1970. */
const endBytes = 8

/**
 * AES-256-GCM with a random 96-bit IV (NIST SP 800-38D) over the end and the value as JSON; the
 * audience is authenticated along. In base64url: IV, tag, text. The key has 32 bytes and is for
 * nothing else.
 */
export function createSeal<Value extends object>(options: {
  key: Buffer
  schema: z.ZodType<Value>
  ttlSeconds: number
}): Seal<Value> {
  const key = createSecretKey(options.key)
  return {
    seal(value, audience) {
      const iv = randomBytes(ivBytes)
      const end = Buffer.alloc(endBytes)
      end.writeDoubleBE(Date.now() + options.ttlSeconds * 1000)
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(audience))
      const text = [cipher.update(end), cipher.update(JSON.stringify(value)), cipher.final()]
      return Buffer.concat([iv, cipher.getAuthTag(), ...text]).toString('base64url')
    },
    open(sealed, audience) {
      const text = decrypt(Buffer.from(sealed, 'base64url'), audience)
      if (!text || text.readDoubleBE() < Date.now()) return undefined
      return options.schema.safeParse(JSON.parse(text.toString('utf8', endBytes))).data
    },
  }

  function decrypt(bytes: Buffer, audience: string): Buffer | undefined {
    if (bytes.length < ivBytes + tagBytes + endBytes) return undefined
    const iv = bytes.subarray(0, ivBytes)
    const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes })
    decipher.setAAD(Buffer.from(audience))
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
    const text = decipher.update(bytes.subarray(ivBytes + tagBytes))
    try {
      return Buffer.concat([text, decipher.final()])
    } catch {
      // It does not authenticate: changed, another key or another audience.
      return undefined
    }
  }
}

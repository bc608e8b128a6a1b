import { createSecretKey } from 'node:crypto'
import type { z } from 'zod'
import { decrypt, encrypt } from '../aes-gcm.ts'

/** Values that travel through a browser: only our own services can read them, nobody can change them. */
export interface Seal<Value> {
  /** `audience` names whom it is for and what it belongs to; opening it takes the same one. */
  seal(value: Value, audience: string): string
  /** Undefined when it is not ours, was changed, is for somebody else, or is too old. */
  open(sealed: string, audience: string): Value | undefined
}

/** When it ends, in ms since 1970. */
const endBytes = 8

/** Encrypts the end and the value as JSON. The key has 32 bytes and is for nothing else. */
export function createSeal<Value extends object>(options: {
  key: Buffer
  schema: z.ZodType<Value>
  ttlSeconds: number
}): Seal<Value> {
  const key = createSecretKey(options.key)
  return {
    seal(value, audience) {
      const end = Buffer.alloc(endBytes)
      end.writeDoubleBE(Date.now() + options.ttlSeconds * 1000)
      return encrypt(Buffer.concat([end, Buffer.from(JSON.stringify(value))]), { key, audience })
    },
    open(sealed, audience) {
      const text = decrypt(sealed, { key, audience })
      if (!text || text.readDoubleBE() < Date.now()) return undefined
      return options.schema.safeParse(JSON.parse(text.toString('utf8', endBytes))).data
    },
  }
}

import { createSecretKey } from 'node:crypto'
import { EncryptJWT, errors, type JWTPayload, jwtDecrypt } from 'jose'
import type { z } from 'zod'

/** Values that travel through a browser: only our own services can read them, nobody can change them. */
export interface Seal<Value> {
  /** `audience` names whom it is for and what it belongs to; opening it takes the same one. */
  seal(value: Value, audience: string): Promise<string>
  /** Undefined when it is not ours, was changed, is for somebody else, or is too old. */
  open(sealed: string, audience: string): Promise<Value | undefined>
}

/** Compact JWE, `dir` with A256GCM (RFC 7516). The key has 32 bytes. */
export function createSeal<Value extends object>(options: {
  key: Buffer
  schema: z.ZodType<Value>
  ttlSeconds: number
}): Seal<Value> {
  // Made once: jose would import bytes anew for each value.
  const key = createSecretKey(options.key)
  return {
    seal: (value, audience) =>
      new EncryptJWT({ ...value } as JWTPayload)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(audience)
        .setExpirationTime(`${options.ttlSeconds}s`)
        .encrypt(key),
    async open(sealed, audience) {
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          audience,
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
          requiredClaims: ['exp'],
        })
        const parsed = options.schema.safeParse(payload)
        return parsed.success ? parsed.data : undefined
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
  }
}

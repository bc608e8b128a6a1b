import { createPrivateKey, createPublicKey, type KeyObject, subtle } from 'node:crypto'
import type { JWK } from 'jose'
import { ExternalSigningKey } from 'oidc-provider'

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const
const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const

/** A signing key that is ready to sign. From a JWK the provider's own signing works out the key anew for each token. */
export class HeldKey extends ExternalSigningKey {
  readonly #kid: string | undefined
  readonly #private: ReturnType<typeof subtle.importKey>
  readonly #public: KeyObject

  /** `jwk` is a private key for ES256. */
  constructor(jwk: JWK) {
    super()
    this.#kid = jwk.kid
    const { kty, crv, x, y, d } = jwk
    this.#private = subtle.importKey('jwk', { kty, crv, x, y, d } as JsonWebKey, curve, false, [
      'sign',
    ])
    this.#public = createPublicKey(createPrivateKey({ key: jwk, format: 'jwk' }))
  }

  override get kid(): string | undefined {
    return this.#kid
  }

  override get alg(): string {
    return 'ES256'
  }

  override keyObject(): KeyObject {
    return this.#public
  }

  /** As JWS wants it: r and s side by side (RFC 7518, 3.4). */
  override async sign(data: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await subtle.sign(algorithm, await this.#private, data))
  }
}

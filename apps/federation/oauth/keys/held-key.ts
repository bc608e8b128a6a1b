import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { JWK } from 'jose'
import { ExternalSigningKey } from 'oidc-provider'

/**
 * A signing key that is ready to sign. From a JWK the provider's own signing works out the key anew
 * for each token, and hands a signature of a twentieth of a millisecond to another thread.
 */
export class HeldKey extends ExternalSigningKey {
  readonly #kid: string | undefined
  readonly #private: KeyObject
  readonly #public: KeyObject

  /** `jwk` is a private key for ES256. */
  constructor(jwk: JWK) {
    super()
    this.#kid = jwk.kid
    this.#private = createPrivateKey({ key: jwk, format: 'jwk' })
    this.#public = createPublicKey(this.#private)
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
  override sign(data: Uint8Array): Uint8Array {
    return sign('sha256', data, { key: this.#private, dsaEncoding: 'ieee-p1363' })
  }
}

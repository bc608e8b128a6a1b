import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK } from 'jose'
import { ExternalSigningKey } from 'oidc-provider'

const signElsewhere = promisify(sign)

/** A signing key that is ready to sign. From a JWK the provider's own signing works out the key anew for each token. */
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
  override sign(data: Uint8Array): Promise<Uint8Array> {
    return signElsewhere('sha256', data, { key: this.#private, dsaEncoding: 'ieee-p1363' })
  }
}

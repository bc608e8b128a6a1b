import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** A passkey in software: ES256, no attestation. What WebAuthn Level 3, 6.1 and 6.5 say it answers. */
export interface TestAuthenticator {
  readonly id: string
  /** How often it says it was used. */
  counter: number
  create(options: object, at?: Place): object
  get(options: object, at?: Place): object
}

/** What an honest one would not do. */
interface Place {
  readonly origin?: string
  readonly rpId?: string
  readonly userHandle?: string
  /** An attestation that nobody has asked for. */
  readonly format?: string
}

interface CreationOptions {
  readonly challenge: string
  readonly rp: { readonly id: string }
  readonly user: { readonly id: string }
}

const flags = { present: 0x01, verified: 0x04, credential: 0x40 }

export function createTestAuthenticator(origin: string): TestAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const coseKey = isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ]),
  )

  function dataFor(rpId: string, counter: number, extra: Uint8Array = new Uint8Array()): Buffer {
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(counter)
    const flag = flags.present | flags.verified | (extra.length > 0 ? flags.credential : 0)
    const hash = createHash('sha256').update(rpId).digest()
    return Buffer.concat([hash, Buffer.from([flag]), counted, extra])
  }

  const clientData = (type: string, challenge: unknown, at: Place) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: at.origin ?? origin }))

  // Made once, as a discoverable credential is: the account that it was made for.
  const owner = { handle: '' }
  const answer = (response: Record<string, string>) => ({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })

  const authenticator: TestAuthenticator = {
    id: id.toString('base64url'),
    counter: 1,
    create(options, at = {}) {
      const { challenge, rp, user } = options as CreationOptions
      owner.handle ||= user.id
      const idLength = Buffer.alloc(2)
      idLength.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), idLength, id, coseKey])
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', at.format ?? 'none'],
          ['attStmt', new Map()],
          ['authData', new Uint8Array(dataFor(at.rpId ?? rp.id, 0, attested))],
        ]) as never,
      )
      return answer({
        clientDataJSON: clientData('webauthn.create', challenge, at).toString('base64url'),
        attestationObject: Buffer.from(attestation).toString('base64url'),
      })
    },
    get(options, at = {}) {
      const { challenge, rpId } = options as { challenge: string; rpId: string }
      const data = dataFor(at.rpId ?? rpId, authenticator.counter)
      const client = clientData('webauthn.get', challenge, at)
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        userHandle: at.userHandle ?? owner.handle,
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      })
    },
  }
  return authenticator
}

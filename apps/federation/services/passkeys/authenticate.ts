import { and, eq, lt, sql } from 'drizzle-orm'
import { type Database, passkeys } from '../../models/index.ts'
import type { Challenges } from './challenges.ts'
import { loadWebAuthn, type PasskeyParty, userHandle } from './relying-party.ts'
import { type AuthenticationResponse, authenticationSchema } from './shapes.ts'

/** Why a passkey does not sign anybody in; `cloned` when its counter has not gone on. */
export type PasskeyRefusal = 'unknown' | 'invalid' | 'cloned'

/** Signing in with a passkey: WebAuthn Level 3, 7.2. */
export interface Authentication {
  /** For `navigator.credentials.get`. Lists no credentials, so it tells of no account. */
  options(interactionId: string): Promise<object>
  /** Who it is. The challenge is spent, whatever comes of it. */
  finish(
    interactionId: string,
    response: unknown,
  ): Promise<{ readonly userId: string } | { readonly refused: PasskeyRefusal }>
}

interface Use {
  readonly counter: number
  readonly isBackedUp: boolean
}

export function createAuthentication({
  database,
  challenges,
  party,
}: {
  database: Database
  challenges: Challenges
  party: PasskeyParty
}): Authentication {
  const placeOf = (interactionId: string) => `sign-in ${interactionId}`

  /** What the authenticator says of itself; undefined when it is not it, or not for us. */
  async function verify(
    response: AuthenticationResponse,
    { publicKey, expectedChallenge }: { publicKey: Uint8Array; expectedChallenge: string },
  ): Promise<Use | undefined> {
    const { verifyAuthenticationResponse } = await loadWebAuthn()
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge,
        expectedOrigin: party.origin,
        expectedRPID: party.rpID,
        requireUserVerification: false,
        // Zero, so that the library accepts every counter: `keepUse` compares it as it writes.
        credential: { id: response.id, publicKey: new Uint8Array(publicKey), counter: 0 },
      })
      if (!verified) return undefined
      const { newCounter, credentialBackedUp } = authenticationInfo
      return { counter: newCounter, isBackedUp: credentialBackedUp }
    } catch {
      // It throws for all that does not fit.
      return undefined
    }
  }

  /** False when the passkey has counted as far already, so that there are two of it. */
  async function keepUse(id: string, { counter, isBackedUp }: Use): Promise<boolean> {
    const goesOn = counter === 0 ? eq(passkeys.counter, 0) : lt(passkeys.counter, counter)
    const kept = await database
      .update(passkeys)
      .set({ counter, isBackedUp, usedAt: sql`now()` })
      .where(and(eq(passkeys.id, id), goesOn))
      .returning({ id: passkeys.id })
    return kept.length > 0
  }

  return {
    async options(interactionId) {
      const { generateAuthenticationOptions } = await loadWebAuthn()
      const options = await generateAuthenticationOptions({
        rpID: party.rpID,
        userVerification: 'preferred',
        timeout: 300_000,
      })
      await challenges.keep(placeOf(interactionId), options.challenge)
      return options
    },

    async finish(interactionId, response) {
      const { data } = authenticationSchema.safeParse(response)
      const expectedChallenge = await challenges.take(placeOf(interactionId))
      if (!data || !expectedChallenge) return { refused: 'invalid' }
      const [known] = await database.select().from(passkeys).where(eq(passkeys.id, data.id))
      if (!known) return { refused: 'unknown' }
      const { id, userId, publicKey } = known
      if (data.response.userHandle !== userHandle(userId).toString('base64url')) {
        return { refused: 'invalid' }
      }
      const use = await verify(data, { publicKey, expectedChallenge })
      if (!use) return { refused: 'invalid' }
      return (await keepUse(id, use)) ? { userId } : { refused: 'cloned' }
    },
  }
}

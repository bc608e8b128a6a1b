import { and, eq, lt, or, sql } from 'drizzle-orm'
import { type Database, passkeys } from '../../models/index.ts'
import type { Challenges } from './challenges.ts'
import type { PasskeyParty } from './relying-party.ts'
import { authenticationSchema } from './shapes.ts'

/** Why a passkey does not sign anybody in. */
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

  /** False when another sign-in has counted further meanwhile: then there are two of it. */
  async function count(id: string, counter: number): Promise<boolean> {
    const counted = await database
      .update(passkeys)
      .set({ counter, usedAt: sql`now()` })
      .where(
        and(
          eq(passkeys.id, id),
          or(lt(passkeys.counter, counter), and(eq(passkeys.counter, 0), sql`${counter} = 0`)),
        ),
      )
      .returning({ id: passkeys.id })
    return counted.length > 0
  }

  return {
    async options(interactionId) {
      const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
      const options = await generateAuthenticationOptions({
        rpID: party.rpID,
        userVerification: 'preferred',
        timeout: 300_000,
      })
      await challenges.keep(placeOf(interactionId), options.challenge)
      return options
    },

    async finish(interactionId, response) {
      const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
      const parsed = authenticationSchema.safeParse(response)
      const expectedChallenge = await challenges.take(placeOf(interactionId))
      if (!parsed.success || !expectedChallenge) return { refused: 'invalid' }
      const [known] = await database.select().from(passkeys).where(eq(passkeys.id, parsed.data.id))
      if (!known) return { refused: 'unknown' }
      const { id, counter } = known
      try {
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: parsed.data,
          expectedChallenge,
          expectedOrigin: party.origin,
          expectedRPID: party.rpID,
          requireUserVerification: false,
          credential: { id, publicKey: new Uint8Array(known.publicKey), counter: 0 },
        })
        if (!verified) return { refused: 'invalid' }
        const { newCounter } = authenticationInfo
        if (counter > 0 && newCounter <= counter) return { refused: 'cloned' }
        return (await count(id, newCounter)) ? { userId: known.userId } : { refused: 'cloned' }
      } catch {
        return { refused: 'invalid' }
      }
    },
  }
}

import { Buffer } from 'node:buffer'
import { ConflictError, InvalidInputError } from '@rose-ash/shared/contracts/errors'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import { eq, sql } from 'drizzle-orm'
import { type Database, passkeys } from '../../models/index.ts'
import type { Challenges } from './challenges.ts'
import { cleanName } from './passkeys.ts'
import { algorithms, type PasskeyParty } from './relying-party.ts'
import { registrationSchema } from './shapes.ts'

/** Adding a passkey: WebAuthn Level 3, 7.1. */
export interface Registration {
  /** For `navigator.credentials.create`. Throws ConflictError when a member has enough of them. */
  options(user: CurrentUser, loginId: string): Promise<object>
  /** Keeps what the browser has made, and returns its name. Throws InvalidInputError, ConflictError. */
  finish(
    member: { readonly user: CurrentUser; readonly loginId: string },
    response: unknown,
    name: string,
  ): Promise<string>
}

const most = 20
const notMade = 'The passkey was not made in time, or not for this page. Please try again.'

export function createRegistration({
  database,
  challenges,
  party,
}: {
  database: Database
  challenges: Challenges
  party: PasskeyParty
}): Registration {
  const placeOf = (loginId: string) => `add-passkey ${loginId}`

  return {
    async options(user, loginId) {
      const { generateRegistrationOptions } = await import('@simplewebauthn/server')
      const own = await database
        .select({ id: passkeys.id, transports: passkeys.transports })
        .from(passkeys)
        .where(eq(passkeys.userId, user.id))
      if (own.length >= most) throw new ConflictError(`${most} passkeys are the most you can have.`)
      const options = await generateRegistrationOptions({
        rpName: party.rpName,
        rpID: party.rpID,
        userName: user.email,
        userDisplayName: user.displayName,
        userID: userHandle(user.id),
        attestationType: 'none',
        excludeCredentials: own,
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
        supportedAlgorithmIDs: algorithms,
        timeout: 300_000,
      })
      await challenges.keep(placeOf(loginId), options.challenge)
      return options
    },

    async finish({ user, loginId }, response, name) {
      const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
      const parsed = registrationSchema.safeParse(response)
      const expectedChallenge = await challenges.take(placeOf(loginId))
      if (!parsed.success || !expectedChallenge) throw new InvalidInputError(notMade)
      const verified = await verifyRegistrationResponse({
        response: parsed.data,
        expectedChallenge,
        expectedOrigin: party.origin,
        expectedRPID: party.rpID,
        requireUserVerification: false,
        supportedAlgorithmIDs: algorithms,
      }).catch((cause: unknown) => {
        throw new InvalidInputError(notMade, { cause })
      })
      if (!verified.verified) throw new InvalidInputError(notMade)
      const { credential, credentialBackedUp } = verified.registrationInfo
      const kept = { name: cleanName(name) || 'A passkey', isBackedUp: credentialBackedUp }
      const inserted = await database
        .insert(passkeys)
        .values({
          id: credential.id,
          userId: user.id,
          publicKey: credential.publicKey,
          counter: credential.counter,
          transports: parsed.data.response.transports ?? [],
          usedAt: sql`null`,
          ...kept,
        })
        .onConflictDoNothing()
        .returning({ id: passkeys.id })
      if (inserted.length === 0) throw new ConflictError('This passkey has been added already.')
      return kept.name
    },
  }
}

/** 16 bytes that say nothing of the person. */
function userHandle(userId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(userId.replaceAll('-', ''), 'hex'))
}

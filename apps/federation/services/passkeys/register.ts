import { Buffer } from 'node:buffer'
import { ConflictError, InvalidInputError } from '@rose-ash/shared/contracts/errors'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import { eq } from 'drizzle-orm'
import { type Database, passkeys, users } from '../../models/index.ts'
import type { Challenges } from './challenges.ts'
import { cleanName } from './passkeys.ts'
import { algorithms, loadWebAuthn, type PasskeyParty, userHandle } from './relying-party.ts'
import { type RegistrationResponse, registrationSchema } from './shapes.ts'

/** A member and the sign-in in which they add a passkey. */
export interface AddingMember {
  readonly user: CurrentUser
  readonly loginId: string
}

/** Adding a passkey: WebAuthn Level 3, 7.1. At most 20 a member. */
export interface Registration {
  /** For `navigator.credentials.create`. Throws ConflictError when a member has enough of them. */
  options(member: AddingMember): Promise<object>
  /**
   * Keeps what the browser has made, and returns its name. The challenge is spent, whatever comes of it.
   * Throws InvalidInputError, or ConflictError when it is there already or there are enough.
   */
  finish(member: AddingMember, response: unknown, name: string): Promise<string>
}

const most = 20
const enough = `${most} passkeys are the most you can have. Remove one that you no longer need.`
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
  const placeOf = ({ user, loginId }: AddingMember) => `add-passkey ${user.id} ${loginId}`

  async function verify(response: RegistrationResponse, expectedChallenge: string) {
    const { verifyRegistrationResponse } = await loadWebAuthn()
    try {
      await assertNoCertificates(response.response.attestationObject)
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge,
        expectedOrigin: party.origin,
        expectedRPID: party.rpID,
        requireUserVerification: false,
        supportedAlgorithmIDs: algorithms,
      })
      if (verified) return registrationInfo
    } catch (cause) {
      throw new InvalidInputError(notMade, { cause })
    }
    throw new InvalidInputError(notMade)
  }

  return {
    async options(member) {
      const { user } = member
      const { generateRegistrationOptions } = await loadWebAuthn()
      const own = await database
        .select({ id: passkeys.id, transports: passkeys.transports })
        .from(passkeys)
        .where(eq(passkeys.userId, user.id))
      if (own.length >= most) throw new ConflictError(enough)
      const options = await generateRegistrationOptions({
        rpName: party.rpName,
        rpID: party.rpID,
        userName: user.email,
        userDisplayName: user.displayName,
        userID: new Uint8Array(userHandle(user.id)),
        attestationType: 'none',
        excludeCredentials: own,
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
        supportedAlgorithmIDs: algorithms,
        timeout: 300_000,
      })
      await challenges.keep(placeOf(member), options.challenge)
      return options
    },

    async finish(member, response, typedName) {
      const { data } = registrationSchema.safeParse(response)
      const expectedChallenge = await challenges.take(placeOf(member))
      if (!data || !expectedChallenge) throw new InvalidInputError(notMade)
      const { credential, credentialBackedUp } = await verify(data, expectedChallenge)
      const name = cleanName(typedName)
      await insertPasskey(database, {
        id: credential.id,
        userId: member.user.id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        transports: data.response.transports ?? [],
        name,
        isBackedUp: credentialBackedUp,
      })
      return name
    },
  }
}

function insertPasskey(database: Database, passkey: typeof passkeys.$inferInsert): Promise<void> {
  const isOwner = eq(users.id, passkey.userId)
  return database.transaction(async (transaction) => {
    // One after the other, or two at once would both find room for one.
    await transaction.select({ id: users.id }).from(users).where(isOwner).for('update')
    const count = await transaction.$count(passkeys, eq(passkeys.userId, passkey.userId))
    if (count >= most) throw new ConflictError(enough)
    const inserted = await transaction
      .insert(passkeys)
      .values(passkey)
      .onConflictDoNothing()
      .returning({ id: passkeys.id })
    if (inserted.length === 0) throw new ConflictError('This passkey has been added already.')
  })
}

/**
 * Nobody has asked for the certificates of a device's maker, and the library would fetch addresses that
 * stand in them. Throws when there may be some.
 */
async function assertNoCertificates(attestationObject: string): Promise<void> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  const attestation = decodeAttestationObject(
    new Uint8Array(Buffer.from(attestationObject, 'base64url')),
  )
  const format = attestation.get('fmt')
  const isSelfMade = format === 'packed' && attestation.get('attStmt').get('x5c') === undefined
  if (format !== 'none' && !isSelfMade) throw new Error(`Attestation by ${format} is not wanted.`)
}

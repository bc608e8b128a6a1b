import { ConflictError, TooManyRequestsError } from '@rose-ash/shared/contracts/errors'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { isDuplicate } from '@rose-ash/shared/infrastructure/database-refusals'
import { createSecretId, hashSecretId } from '@rose-ash/shared/secret-ids'
import { and, eq, gt, sql } from 'drizzle-orm'
import { type Database, emailChanges, type Transaction, users } from '../models/index.ts'

export const linkMinutes = 15
const resendSeconds = 30
const perHour = 5

type SendLink = (link: { token: string; isTaken: boolean }) => Promise<void>

/** Changing one's email address, by a link to the new one. */
export interface EmailChanges {
  /**
   * Makes a link and hands its token to `send`, and whether the address has an account already, in which
   * case the token must not be shown to anybody. When `send` throws, it is as if nobody had asked. Throws
   * TooManyRequestsError: one in half a minute, five an hour.
   */
  ask(userId: string, email: string, send: SendLink): Promise<void>
  /** The new address, when the token is the newest of this member and not too old. Changes nothing. */
  find(userId: string, token: string): Promise<string | undefined>
  /**
   * Changes the address, once. Returns it and the one before; undefined when the token is no longer
   * good. Throws ConflictError when somebody else has got the address meanwhile.
   */
  finish(userId: string, token: string): Promise<{ email: string; before: string } | undefined>
}

export function createEmailChanges({
  database,
  cache,
}: {
  database: Database
  cache: Pick<Cache, 'invalidateTags'>
}): EmailChanges {
  const withEmail = (email: string) => eq(sql`lower(${users.email})`, email.toLowerCase())
  const isGood = (userId: string, token: string) =>
    and(
      eq(emailChanges.userId, userId),
      eq(emailChanges.tokenHash, hashSecretId(token)),
      gt(emailChanges.expiresAt, sql`now()`),
      // Older ones are kept for the limits only.
      sql`not exists (select from ${emailChanges} newer where newer.user_id = ${userId}
        and newer.expires_at > ${emailChanges.expiresAt})`,
    )

  return {
    async ask(userId, email, send) {
      const token = createSecretId()
      const tokenHash = hashSecretId(token)
      await database.transaction(async (transaction) => {
        await assertWithinLimits(transaction, userId)
        await transaction.insert(emailChanges).values({
          tokenHash,
          userId,
          email,
          expiresAt: sql`now() + ${`${linkMinutes} minutes`}::interval`,
        })
      })
      try {
        const [other] = await database.select({ id: users.id }).from(users).where(withEmail(email))
        await send({ token, isTaken: other !== undefined && other.id !== userId })
      } catch (error) {
        await database.delete(emailChanges).where(eq(emailChanges.tokenHash, tokenHash))
        throw error
      }
    },

    async find(userId, token) {
      const [found] = await database
        .select({ email: emailChanges.email })
        .from(emailChanges)
        .where(isGood(userId, token))
      return found?.email
    },

    async finish(userId, token) {
      const changed = await database.transaction(async (transaction) => {
        const [used] = await transaction
          .select({ email: emailChanges.email })
          .from(emailChanges)
          .where(isGood(userId, token))
          .for('update')
        if (!used) return undefined
        // No token has these hashes. The rows stay for the limits, and none before becomes the newest.
        await transaction
          .update(emailChanges)
          .set({ tokenHash: sql`gen_random_uuid()::text` })
          .where(eq(emailChanges.userId, userId))
        const [user] = await transaction
          .select({ before: users.email })
          .from(users)
          .where(eq(users.id, userId))
        try {
          await transaction
            .update(users)
            .set({ email: used.email, updatedAt: sql`now()` })
            .where(eq(users.id, userId))
        } catch (cause) {
          if (!isDuplicate(cause)) throw cause
          throw new ConflictError('This address has an account of its own.', { cause })
        }
        return user && { email: used.email, before: user.before }
      })
      await cache.invalidateTags([`user:${userId}`, `visitor:user:${userId}`])
      return changed
    },
  }
}

async function assertWithinLimits(transaction: Transaction, userId: string): Promise<void> {
  await transaction.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`email-change ${userId}`}, 0))`,
  )
  const askedAt = sql`(${emailChanges.expiresAt} - ${`${linkMinutes} minutes`}::interval)`
  const [row] = await transaction
    .select({
      inHour: sql<number>`count(*)::int`,
      seconds: sql<number | null>`extract(epoch from now() - max(${askedAt}))::float`,
    })
    .from(emailChanges)
    .where(and(eq(emailChanges.userId, userId), sql`${askedAt} > now() - interval '1 hour'`))
  const seconds = row?.seconds ?? resendSeconds
  if (seconds < resendSeconds) {
    const left = Math.ceil(resendSeconds - seconds)
    throw new TooManyRequestsError(
      `A mail is on its way. You can ask for another in ${left} seconds.`,
    )
  }
  if ((row?.inHour ?? 0) >= perHour) {
    throw new TooManyRequestsError('Five mails have gone out within an hour. Please wait a while.')
  }
}

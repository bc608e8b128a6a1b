import { createHmac, randomInt } from 'node:crypto'
import { isEqualSecret } from '@rose-ash/shared/infrastructure/keys'
import { createSecretId, hashSecretId } from '@rose-ash/shared/secret-ids'
import { and, eq, gt, isNotNull, lt, ne, or, sql } from 'drizzle-orm'
import { type Database, loginRequests, loginTokens } from '../models/index.ts'
import { findLimit, type LinkLimit } from './link-limits.ts'

export const linkMinutes = 15
const codeAttempts = 5

/** Somebody asks for a link, in the browser window of one interaction. */
export interface LinkRequest {
  readonly email: string
  readonly interactionId: string
  /** See `networkOf`. */
  readonly network: string
  /** In words: "Firefox on Linux, from 203.0.113.7". */
  readonly askedFrom: string
}

/** What the window shows that waits for the link. */
export interface WaitingLink {
  readonly email: string
  readonly requestedAt: Date
  /** Whether the link was opened in another browser, so that there is a code to type in. */
  readonly hasCode: boolean
}

export interface OpenedLink {
  readonly email: string
  readonly askedFrom: string
  readonly requestedAt: Date
}

/** Links by mail: each is good once, for 15 minutes, until another is asked for or used. */
export interface MagicLinks {
  /**
   * Makes a link and hands its token to `send`. When that throws, it is as if nobody had asked. The
   * answer is the same whether there is an account or not, since nobody looks.
   */
  ask(request: LinkRequest, send: (token: string) => Promise<void>): Promise<'sent' | LinkLimit>
  findWaiting(interactionId: string): Promise<WaitingLink | undefined>
  /** Looks at a link and changes nothing. */
  findByToken(token: string, interactionId: string): Promise<OpenedLink | undefined>
  /** The address it was sent to, to the first who asks. */
  consume(token: string, interactionId: string): Promise<string | undefined>
  /** Six digits for the window that waits; the ones before, if any, are no longer good. */
  createCode(token: string, interactionId: string): Promise<string | undefined>
  /** The address, to the first who knows the code. After five wrong ones the link is gone. */
  consumeCode(code: string, interactionId: string): Promise<string | undefined>
}

export function createMagicLinks({
  database,
  limitKey,
}: {
  database: Database
  limitKey: Buffer
}): MagicLinks {
  const keyed = (value: string) => createHmac('sha256', limitKey).update(value).digest('base64url')
  const isAlive = gt(loginTokens.expiresAt, sql`now()`)
  const ofInteraction = (id: string) =>
    and(eq(loginTokens.interactionHash, hashSecretId(id)), isAlive)
  const withToken = (token: string, interactionId: string) =>
    and(eq(loginTokens.tokenHash, hashSecretId(token)), ofInteraction(interactionId))
  const sentTo = (email: string) => eq(sql`lower(${loginTokens.email})`, email.toLowerCase())

  return {
    async ask({ email, interactionId, network, askedFrom }, send) {
      const token = createSecretId()
      const tokenHash = hashSecretId(token)
      const request = await database.transaction(async (transaction) => {
        const hashes = { addressHash: keyed(email.toLowerCase()), networkHash: keyed(network) }
        const limit = await findLimit(transaction, { email, ...hashes })
        if (limit) return limit
        await transaction.insert(loginTokens).values({
          tokenHash,
          email,
          interactionHash: hashSecretId(interactionId),
          askedFrom,
          expiresAt: sql`now() + ${`${linkMinutes} minutes`}::interval`,
        })
        const [row] = await transaction
          .insert(loginRequests)
          .values(hashes)
          .returning({ id: loginRequests.id })
        return { id: row!.id }
      })
      if (!('id' in request)) return request
      try {
        await send(token)
      } catch (error) {
        await database.delete(loginTokens).where(eq(loginTokens.tokenHash, tokenHash))
        await database.delete(loginRequests).where(eq(loginRequests.id, request.id))
        throw error
      }
      const isOlder = ne(loginTokens.tokenHash, tokenHash)
      await database
        .delete(loginTokens)
        .where(and(isOlder, or(sentTo(email), ofInteraction(interactionId))))
      return 'sent'
    },

    async findWaiting(interactionId) {
      const [row] = await database
        .select({
          email: loginTokens.email,
          requestedAt: loginTokens.requestedAt,
          hasCode: sql<boolean>`${loginTokens.codeHash} is not null`,
        })
        .from(loginTokens)
        .where(ofInteraction(interactionId))
      return row
    },

    async findByToken(token, interactionId) {
      const { email, askedFrom, requestedAt } = loginTokens
      const [row] = await database
        .select({ email, askedFrom, requestedAt })
        .from(loginTokens)
        .where(withToken(token, interactionId))
      return row
    },

    async consume(token, interactionId) {
      const [used] = await database
        .delete(loginTokens)
        .where(withToken(token, interactionId))
        .returning({ email: loginTokens.email })
      if (used) await database.delete(loginTokens).where(sentTo(used.email))
      return used?.email
    },

    async createCode(token, interactionId) {
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const updated = await database
        .update(loginTokens)
        .set({ codeHash: keyed(`${interactionId} ${code}`), codeAttempts: 0 })
        .where(withToken(token, interactionId))
        .returning({ email: loginTokens.email })
      return updated.length > 0 ? code : undefined
    },

    async consumeCode(code, interactionId) {
      // Counted before it is compared: parallel guesses cannot share an attempt.
      const [row] = await database
        .update(loginTokens)
        .set({ codeAttempts: sql`${loginTokens.codeAttempts} + 1` })
        .where(
          and(
            ofInteraction(interactionId),
            isNotNull(loginTokens.codeHash),
            lt(loginTokens.codeAttempts, codeAttempts),
          ),
        )
        .returning()
      if (!row) return undefined
      if (isEqualSecret(row.codeHash ?? '', keyed(`${interactionId} ${code}`))) {
        return deleteWhole(row.tokenHash, row.email)
      }
      if (row.codeAttempts >= codeAttempts) await deleteWhole(row.tokenHash, row.email)
      return undefined
    },
  }

  async function deleteWhole(tokenHash: string, email: string): Promise<string | undefined> {
    const [used] = await database
      .delete(loginTokens)
      .where(eq(loginTokens.tokenHash, tokenHash))
      .returning({ email: loginTokens.email })
    if (used) await database.delete(loginTokens).where(sentTo(email))
    return used?.email
  }
}

import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { createSecretId } from '../../secret-ids.ts'
import type { AppConfig } from '../config/schema.ts'
import { deriveKey } from '../keys.ts'
import { hostCookies } from '../sessions/cookies.ts'
import { createSeal } from './seal.ts'

/** One trip of one browser to the authorization server and back. */
export interface Transaction {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  /** Already safe: `safeNextPath`. */
  readonly next: string
  /** Nobody asked to sign in; the page only wants to know. */
  readonly isSilent: boolean
  /** Somebody who is signed in shows once more who they are. */
  readonly isFresh: boolean
}

/** What a trip is for. */
export type Trip = Pick<Transaction, 'next' | 'isSilent' | 'isFresh'>

/**
 * `forged`: not a state of ours, or too old. `lost`: ours, but this browser did not begin
 * it or keeps no cookies.
 */
export type TakenTransaction =
  | { readonly status: 'found'; readonly transaction: Transaction }
  | { readonly status: 'lost'; readonly next: string; readonly isSilent: boolean }
  | { readonly status: 'forged' }

/** Transactions under way are kept in the browser, sealed, so that a visit costs no row. */
export interface Transactions {
  begin(reply: FastifyReply, trip: Trip): Transaction
  /** Each can be taken once: its cookie goes. */
  take(request: FastifyRequest, reply: FastifyReply, state: string): TakenTransaction
}

const secret = z.string().min(40)
const stateSchema = z.object({
  id: secret,
  next: z.string(),
  isSilent: z.boolean(),
  isFresh: z.boolean(),
})
const cookieSchema = z.object({ id: secret, nonce: secret, codeVerifier: secret })

/** Somebody may read mail, and more, before the link is clicked. */
const longestSeconds = 7200

export function createTransactions({
  app,
  publicUrls,
  secretKey,
}: Pick<AppConfig, 'app' | 'publicUrls' | 'secretKey'>): Transactions {
  const cookies = hostCookies(publicUrls[app])
  const sealing = { key: deriveKey(secretKey, 'sign-on'), ttlSeconds: longestSeconds }
  const states = createSeal({ ...sealing, schema: stateSchema })
  const transactions = createSeal({ ...sealing, schema: cookieSchema })
  // Tabs may be on their way at the same time: each has its cookie.
  const cookieOf = (id: string) => cookies.nameOf(`sign-on-${shortHash(id)}`)

  return {
    begin(reply, trip) {
      const { isSilent } = trip
      const id = createSecretId()
      const kept = { id, nonce: createSecretId(), codeVerifier: createSecretId() }
      const state = states.seal({ id, ...trip }, `state ${app}`)
      const value = transactions.seal(kept, `transaction ${app}`)
      void reply.setCookie(cookieOf(id), value, {
        ...cookies.attributes,
        maxAge: isSilent ? 120 : longestSeconds,
      })
      return { state, ...trip, nonce: kept.nonce, codeVerifier: kept.codeVerifier }
    },

    take(request, reply, state) {
      const opened = states.open(state, `state ${app}`)
      if (!opened) return { status: 'forged' }
      const { id, ...trip } = opened
      const { next, isSilent } = trip
      const name = cookieOf(id)
      const value = request.cookies[name]
      const kept = value ? transactions.open(value, `transaction ${app}`) : undefined
      if (kept?.id !== id) return { status: 'lost', next, isSilent }
      void reply.clearCookie(name, cookies.attributes)
      const { nonce, codeVerifier } = kept
      return { status: 'found', transaction: { state, nonce, codeVerifier, ...trip } }
    },
  }
}

function shortHash(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 12)
}

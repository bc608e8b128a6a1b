import type { FastifyReply, FastifyRequest } from 'fastify'
import { InvalidInputError } from '../../contracts/errors.ts'
import { createDeviceId } from '../sessions/cookies.ts'
import type { Identity } from '../sessions/identity.ts'
import { addNotice } from '../sessions/notices.ts'
import type { SignOnClient, SignOnOutcome } from './client.ts'
import type { Departure } from './departure.ts'
import type { AdoptDevice } from './device-adoption.ts'
import type { KnownDevice } from './handshake.ts'
import { markTried } from './next-path.ts'
import type { SilentMemory } from './silent-memory.ts'
import type { Transaction, Transactions } from './transactions.ts'

export interface CallbackOptions {
  readonly publicUrl: string
  readonly client: SignOnClient
  readonly transactions: Transactions
  readonly departure: Departure
  readonly memory: SilentMemory
  readonly identity: Identity
  readonly adoptDevice: AdoptDevice
}

const notOurs =
  'This is not the end of a sign-in that began here. Please start again with “Sign in”.'

/** The browser comes back from the authorization server, with an answer or with none. */
export function createCallback(options: CallbackOptions) {
  const { client, transactions, adoptDevice } = options

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    const answer = new URL(request.url, options.publicUrl).searchParams
    const state = answer.get('state') ?? ''
    const taken = transactions.take(request, reply, state)
    if (taken.status === 'forged') throw new InvalidInputError(notOurs)
    if (taken.status === 'lost') {
      return reply.redirect(taken.isSilent ? markTried(taken.next) : taken.next, 303)
    }

    const { transaction } = taken
    const outcome = await client.finish(answer, transaction, request.id)
    if (outcome.status === 'invalid') throw new InvalidInputError(notOurs, outcome)
    const userId = outcome.status === 'signed-in' ? outcome.userId : undefined
    const device = await adoptDevice(request, reply, { answer, state, userId })
    return arrive(options, { request, reply, transaction, outcome, device })
  }
}

interface Arrival {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly transaction: Transaction
  readonly outcome: Exclude<SignOnOutcome, { status: 'invalid' }>
  readonly device: KnownDevice | undefined
}

async function arrive(options: CallbackOptions, arrival: Arrival): Promise<FastifyReply> {
  const { identity, memory, departure } = options
  const { request, reply, outcome, device } = arrival
  const { next, isSilent } = arrival.transaction
  const lookedAt = device?.lookedAt ?? Date.now()

  switch (outcome.status) {
    case 'signed-in': {
      const { status: _status, ...signedIn } = outcome
      const deviceId = device?.deviceId ?? createDeviceId()
      const isSignedIn = await identity.signIn(request, reply, { ...signedIn, deviceId })
      if (isSignedIn) memory.forget(reply)
      else memory.rememberNo(reply, lookedAt)
      break
    }
    case 'refused':
      request.log.debug({ reason: outcome.reason, isSilent }, 'nobody is signed in')
      if (isSilent) memory.rememberNo(reply, lookedAt)
      else addNotice(reply, { tone: 'warning', text: 'You are not signed in.' })
      break
    case 'failed':
      request.log.warn({ err: outcome.cause, isSilent }, 'a sign-in could not be finished')
      if (!isSilent) return departure.showUnavailable(request, reply, next)
      memory.rememberNo(reply, lookedAt)
      break
  }
  return reply.redirect(next, 303)
}

import { setTimeout as sleep } from 'node:timers/promises'
import {
  type GuardedFetch,
  type OutgoingAnswer,
  OutgoingError,
} from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import { GhostSiteError } from './ghost-site-error.ts'

/** Pages of 100 long posts in three forms each. */
const mostBytes = 64 * 1024 ** 2
const timeLimitSeconds = 60
const attempts = 5
const longestWaitSeconds = 60

export interface GhostAccess {
  readonly outgoing: GuardedFetch
  /** Without a slash at the end. */
  readonly siteUrl: string
  /** How long the first pause between two attempts is; each after it is twice as long. Default 1. */
  readonly pauseSeconds?: number | undefined
}

export interface GhostQuestion {
  /** From `/ghost/api/` on, with its query. It may hold a key: it is never logged. */
  readonly path: string
  /** Made anew for each attempt: tokens grow old. */
  readonly headers: () => Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/**
 * Asks a Ghost site, again and later when it is busy or cannot be reached. A YAML file is a text. Undefined when it says that there
 * is no such thing. Throws GhostSiteError, and the signal's reason.
 */
export async function askGhost(access: GhostAccess, question: GhostQuestion): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    question.signal?.throwIfAborted()
    const outcome = await attemptOnce(access, question)
    if (!('error' in outcome)) return outcome.value
    if (attempt === attempts || !outcome.error.isPassing) throw outcome.error
    const seconds = outcome.waitSeconds ?? (access.pauseSeconds ?? 1) * 2 ** (attempt - 1)
    await sleep(Math.min(seconds, longestWaitSeconds) * 1000, undefined, {
      ...(question.signal && { signal: question.signal }),
    }).catch(() => question.signal?.throwIfAborted())
  }
}

type Outcome =
  | { readonly value: unknown }
  | { readonly error: GhostSiteError; readonly waitSeconds?: number | undefined }

async function attemptOnce(access: GhostAccess, question: GhostQuestion): Promise<Outcome> {
  const { outgoing, siteUrl } = access
  const host = URL.parse(siteUrl)?.host ?? siteUrl
  try {
    const answer = await outgoing(`${siteUrl}/ghost/api/${question.path}`, {
      headers: { accept: 'application/json', ...question.headers() },
      mostBytes,
      timeLimitSeconds,
      // A key must not travel to where somebody else leads.
      mostRedirects: 0,
      ...(question.signal && { signal: question.signal }),
    })
    return readAnswer(answer, host)
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    return { error: describe(error, host) }
  }
}

function readAnswer(answer: OutgoingAnswer, host: string): Outcome {
  const { status } = answer
  const body = parse(answer.body)
  const fault = firstFault(body)
  if (status === 429 || status >= 500) {
    const waitSeconds = retryAfter(answer.headers['retry-after'])
    return { error: new GhostSiteError('busy', `${host} is too busy (${status}).`), waitSeconds }
  }
  const type = answer.headers['content-type'] ?? ''
  if (status === 200 && /^(application|text)\/(x-)?yaml\b/.test(type)) {
    return { value: answer.body.toString('utf8') }
  }
  if (status >= 200 && status < 300 && typeof body === 'object' && body !== null && !fault) {
    return { value: body }
  }
  if (status === 401 || fault?.code === 'INVALID_JWT') {
    return {
      error: new GhostSiteError(
        'bad-key',
        `${host} does not take this key. Please copy it again from Settings, Integrations in Ghost.`,
      ),
    }
  }
  if (status === 403) {
    return {
      error: new GhostSiteError(
        'forbidden',
        `${host} does not let this key read that${fault ? ` (${fault.message})` : ''}.`,
      ),
    }
  }
  if (status === 404 && fault?.type === 'NotFoundError') return { value: undefined }
  if (fault) {
    return { error: new GhostSiteError('not-ghost', `${host} answered: ${fault.message}`) }
  }
  return {
    error: new GhostSiteError(
      'not-ghost',
      `At ${host} there is no Ghost that answers (${status}). Please give the address of the site, and its folder if it is in one.`,
    ),
  }
}

function describe(error: OutgoingError, host: string): GhostSiteError {
  const options = { cause: error }
  if (error.reason === 'too-many-redirects') {
    const sentence = `${host} leads on to another address. Please give that one, with https:// if it has it.`
    return new GhostSiteError('bad-address', sentence, options)
  }
  if (error.reason === 'unreachable' || error.reason === 'too-slow') {
    return new GhostSiteError('unreachable', error.message, options)
  }
  return new GhostSiteError('bad-address', error.message, options)
}

interface Fault {
  readonly message: string
  readonly type: string
  readonly code: string
}

function firstFault(body: unknown): Fault | undefined {
  const errors = (body as { readonly errors?: unknown } | undefined)?.errors
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  if (typeof first !== 'object' || first === null) return undefined
  const textOf = (key: string) => {
    const value = (first as Readonly<Record<string, unknown>>)[key]
    return typeof value === 'string' ? value.slice(0, 200) : ''
  }
  return { message: textOf('message'), type: textOf('type'), code: textOf('code') }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | undefined): number | undefined {
  if (!value) return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}

import type { AppName } from '../contracts/apps.ts'
import { UnavailableError } from '../contracts/errors.ts'
import { signatureHeader, signRequest } from './security/signature.ts'

export interface InternalRequest {
  /** Anything JSON can hold. */
  readonly body: unknown
  readonly requestId: string
  readonly timeoutMilliseconds: number
}

/** Asks another of our services at its internal address, signed. */
export interface InternalClient {
  /** Resolves with the parsed JSON. Throws UnavailableError when there is no good answer in time. */
  post(app: AppName, path: string, request: InternalRequest): Promise<unknown>
  /** False while an app has just failed: asking again would only cost time. */
  isAvailable(app: AppName): boolean
}

/** How long an app that failed is left alone, so that a dead one costs its time-out once and not on each page. */
const restMilliseconds = 3000

export function createInternalClient(options: {
  internalUrls: Readonly<Record<AppName, string>>
  signatureKey: Buffer
}): InternalClient {
  const restingUntil = new Map<AppName, number>()
  const isAvailable = (app: AppName) => (restingUntil.get(app) ?? 0) <= Date.now()

  return {
    isAvailable,
    async post(app, path, { body, requestId, timeoutMilliseconds }) {
      if (!isAvailable(app)) throw new UnavailableError(`${app} is resting after a failure`)
      const text = JSON.stringify(body)
      try {
        const response = await fetch(options.internalUrls[app] + path, {
          method: 'POST',
          body: text,
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMilliseconds),
          headers: {
            'content-type': 'application/json',
            'x-fragment-request': '1',
            'x-request-id': requestId,
            [signatureHeader]: signRequest(options.signatureKey, {
              method: 'POST',
              path,
              body: text,
            }),
          },
        })
        if (!response.ok) throw new Error(`status ${response.status}`)
        const answer: unknown = await response.json()
        restingUntil.delete(app)
        return answer
      } catch (cause) {
        restingUntil.set(app, Date.now() + restMilliseconds)
        throw new UnavailableError(`${app} does not answer`, { cause })
      }
    },
  }
}

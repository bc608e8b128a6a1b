import { hash } from 'node:crypto'
import { z } from 'zod'
import type { AppName } from '../../contracts/apps.ts'
import { deriveKey } from '../keys.ts'
import { createSeal } from './seal.ts'

/** What the authorization server tells an app about a browser, whether somebody is signed in or not. */
export interface KnownDevice {
  readonly deviceId: string
  /** When the authorization server looked, in ms since 1970 by its own clock. */
  readonly lookedAt: number
}

/** Carries a device id from the authorization server to an app, in the answer's `device` parameter. */
export interface Handshake {
  /** Good for one minute, for this app and this `state`. */
  seal(device: KnownDevice, answer: AnswerTo): string
  open(sealed: string, answer: AnswerTo): KnownDevice | undefined
}

export interface AnswerTo {
  readonly app: AppName
  readonly state: string
}

export const deviceParameter = 'device'

const schema = z.object({ deviceId: z.string().min(20).max(100), lookedAt: z.number().int() })

export function createHandshake(secretKey: string): Handshake {
  const { seal, open } = createSeal({
    key: deriveKey(secretKey, 'handshake'),
    schema,
    ttlSeconds: 60,
  })
  return {
    seal: (device, answer) => seal(device, audienceOf(answer)),
    open: (sealed, answer) => open(sealed, audienceOf(answer)),
  }
}

function audienceOf({ app, state }: AnswerTo): string {
  return `${app} ${hash('sha256', state, 'base64url')}`
}

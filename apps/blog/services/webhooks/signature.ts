import { createHmac } from 'node:crypto'

/**
 * The value of `x-ghost-signature`: SHA-256 over the body as it is sent, followed by the time in
 * milliseconds, as Ghost signs since 5.87.
 */
export function signBody(secret: string, body: string, atMilliseconds: number): string {
  const digest = createHmac('sha256', secret).update(`${body}${atMilliseconds}`).digest('hex')
  return `sha256=${digest}, t=${atMilliseconds}`
}

import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One request that a real Ghost made. */
export interface CapturedDelivery {
  readonly event: string
  readonly headers: Readonly<Record<string, string>>
  /** The very bytes, as UTF-8. */
  readonly rawBody: string
  readonly secret: string
}

const folder = fileURLToPath(new URL('./fixtures/webhooks/', import.meta.url))

export function readDeliveries(): readonly CapturedDelivery[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.toSorted().map((name) => JSON.parse(readFileSync(`${folder}${name}`, 'utf8')))
}

/** The header `x-ghost-signature` as Ghost makes it; before 5.87 the time was not part of the hash. */
export function signDelivery(
  rawBody: string,
  {
    secret,
    time = Date.now(),
    isLegacy = false,
  }: { secret: string; time?: number; isLegacy?: boolean },
): string {
  const hash = createHmac('sha256', secret)
    .update(isLegacy ? rawBody : `${rawBody}${time}`)
    .digest('hex')
  return `sha256=${hash}, t=${time}`
}

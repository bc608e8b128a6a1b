import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { SignedRequest } from './signed-request.ts'

/** Vectors of the specifications, where somebody has put them beside the project. */
export function readVectors<Vectors>(name: string): readonly Vectors[] {
  const file = new URL(
    `../../../../../shared/fixtures/federation/signatures/${name}.json`,
    import.meta.url,
  )
  return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8'))] : []
}

export function createRsaKey(modulusLength = 2048) {
  return generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

/** A request as a server gets it that was sent with these headers. */
export function received(
  request: { readonly method: string; readonly url: string; readonly body?: string | Buffer },
  headers: Iterable<readonly [string, string]>,
): SignedRequest {
  const names = [...headers].map(([name, value]) => [name.toLowerCase(), value] as const)
  return {
    method: request.method,
    url: new URL(request.url),
    headers: Object.fromEntries(names),
    body: Buffer.from(request.body ?? ''),
  }
}

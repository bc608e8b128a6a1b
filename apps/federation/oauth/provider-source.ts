import type { IncomingMessage } from 'node:http'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import type { Provider } from 'oidc-provider'
import type { SignInDevice } from '../services/logins.ts'
import { loadSigningKeys, readKeysVersion } from './keys/load.ts'
import { createProvider, type ProviderOptions } from './provider.ts'

/**
 * The authorization server, made when it is first needed: an app may start before its database. It is
 * made anew within a minute of a change of the signing keys, by whatever process.
 */
export interface ProviderSource {
  /** Not to be kept for longer than one request, which finishes on the one that it began with. */
  get(): Promise<Provider>
  /** Says which device a request comes from; to be called before the request is handed on. */
  rememberDevice(request: IncomingMessage, device: SignInDevice): void
}

const lookEveryMilliseconds = 60_000

interface Made {
  readonly provider: Provider
  /** See `readKeysVersion`. */
  readonly version: string
}

export function createProviderSource(
  options: Omit<ProviderOptions, 'keys' | 'deviceOf'>,
): ProviderSource {
  const { config, connection, log } = options
  const devices = new WeakMap<IncomingMessage, SignInDevice>()
  let making: Promise<Made> | undefined
  let lookedAt = 0

  async function make(): Promise<Made> {
    const { jwks: keys, version } = await loadSigningKeys({
      database: connection.database,
      encryptionKey: deriveKey(config.secretKey, 'oidc-keys'),
      log,
    })
    lookedAt = performance.now()
    const deviceOf = (request: IncomingMessage) => devices.get(request)
    return { provider: createProvider({ ...options, keys, deviceOf }), version }
  }

  /** What cannot be looked at counts as unchanged. */
  async function renew(known: Made): Promise<Made> {
    lookedAt = performance.now()
    try {
      const version = await readKeysVersion(connection.database)
      return version === known.version ? known : await make()
    } catch (error) {
      log.warn({ err: error }, 'the signing keys could not be read; the provider stays as it is')
      return known
    }
  }

  return {
    async get() {
      making ??= make()
      try {
        const known = await making
        if (performance.now() - lookedAt < lookEveryMilliseconds) return known.provider
        const renewed = await renew(known)
        making = Promise.resolve(renewed)
        return renewed.provider
      } catch (error) {
        making = undefined
        throw error
      }
    },
    rememberDevice: (request, device) => void devices.set(request, device),
  }
}

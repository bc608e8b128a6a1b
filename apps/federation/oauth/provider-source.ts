import type { IncomingMessage } from 'node:http'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import type { Provider } from 'oidc-provider'
import { loadSigningKeys } from './keys.ts'
import { createProvider, type ProviderOptions } from './provider.ts'

/** The authorization server, made when it is first needed: an app may start before its database. */
export interface ProviderSource {
  get(): Promise<Provider>
  /** Says which device a request comes from; to be called before the request is handed on. */
  rememberDevice(request: IncomingMessage, deviceId: string): void
}

export function createProviderSource(
  options: Omit<ProviderOptions, 'keys' | 'deviceOf'>,
): ProviderSource {
  const { config, connection, log } = options
  const devices = new WeakMap<IncomingMessage, string>()
  let making: Promise<Provider> | undefined

  async function make(): Promise<Provider> {
    const keys = await loadSigningKeys({
      database: connection.database,
      encryptionKey: deriveKey(config.secretKey, 'oidc-keys'),
      log,
    })
    return createProvider({ ...options, keys, deviceOf: (request) => devices.get(request) })
  }

  return {
    async get() {
      making ??= make()
      try {
        return await making
      } catch (error) {
        making = undefined
        throw error
      }
    },
    rememberDevice: (request, deviceId) => void devices.set(request, deviceId),
  }
}

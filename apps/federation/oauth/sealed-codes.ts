import { createSecretKey } from 'node:crypto'
import { decrypt, encrypt } from '@rose-ash/shared/infrastructure/aes-gcm'
import type { AdapterPayload, Provider } from 'oidc-provider'
import { isFirstPartyGrant } from './grants.ts'

/**
 * Codes of our own apps carry what they stand for, encrypted, so that nothing is written before one is
 * redeemed. What is written then says that it is used up.
 */
export interface SealedCodes {
  seal(payload: AdapterPayload): string
  /** Undefined for what is no such code. One that has run out or is used up opens as well. */
  open(code: string): AdapterPayload | undefined
}

/** `key` has 32 bytes. */
export function createSealedCodes(key: Buffer): SealedCodes {
  const associated = { key: createSecretKey(key), audience: 'authorization code' }
  return {
    seal: ({ jti: _jti, kind: _kind, ...payload }) =>
      encrypt(Buffer.from(JSON.stringify(payload)), associated),
    open(code) {
      const text = decrypt(code, associated)
      return text && { ...(JSON.parse(text.toString()) as AdapterPayload), jti: code }
    },
  }
}

/** What oidc-provider's models have beyond their types: the value that is given out, and what is stored of it. */
interface Stored {
  getValueAndPayload(): Promise<{ value: string; payload?: AdapterPayload }>
}

/** Makes the provider's codes for our own apps sealed ones. */
export function sealCodes(provider: Provider, codes: SealedCodes): void {
  const model = provider.AuthorizationCode.prototype as unknown as Stored
  const { getValueAndPayload } = model
  model.getValueAndPayload = async function sealed() {
    const code = await getValueAndPayload.call(this)
    const { payload } = code
    return payload?.grantId && isFirstPartyGrant(payload.grantId)
      ? { value: codes.seal(payload) }
      : code
  }
}

/** The session that a code was made of. */
export function sessionOf(code: AdapterPayload): AdapterPayload {
  const { accountId, clientId = '', grantId, sessionUid } = code
  return {
    kind: 'Session',
    uid: sessionUid,
    accountId,
    authorizations: { [clientId]: { grantId } },
  }
}

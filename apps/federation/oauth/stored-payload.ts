import { isDeepStrictEqual } from 'node:util'
import type { AdapterPayload } from 'oidc-provider'

/** Without the id, which is the secret. A device code is found by its user code and saved again, so it needs it. */
export function storedPayload(type: string, payload: AdapterPayload): AdapterPayload {
  const { jti, consumed: _consumed, ...stored } = payload
  return type === 'DeviceCode' && jti ? { ...stored, jti } : stored
}

/** The sign-in that it ends with. What outlives a sign-in, `offline_access` for example, has none. */
export function loginIdOf(type: string, payload: AdapterPayload): string | null {
  if (type === 'Session') return payload.accountId ? (payload.uid ?? null) : null
  return payload.expiresWithSession ? (payload.sessionUid ?? null) : null
}

const aDay = 86_400

/** Every silent look would write the session, only to move its end a little. */
export function isHardlyChanged(
  before: AdapterPayload | undefined,
  payload: AdapterPayload,
): boolean {
  if (!before || Number(payload.exp) - Number(before.exp) > aDay) return false
  const without = ({ exp: _exp, jti: _jti, ...rest }: AdapterPayload) => rest
  const written = JSON.parse(JSON.stringify(without(payload))) as AdapterPayload
  return isDeepStrictEqual(written, without(before))
}

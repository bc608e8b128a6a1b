import { Provider } from 'oidc-provider'
import { isWithinGrace } from './grants.ts'

/** Only at the token endpoint: everywhere else a used token is simply one that was used. */
export function isReuseForgiven(type: string, consumedAt: Date): boolean {
  const isRedeemed = Provider.ctx?.oidc?.route === 'token'
  return type === 'RefreshToken' && isRedeemed && isWithinGrace(consumedAt)
}

/** Somebody leaves by way of an app, and means all of it (OpenID Connect RP-Initiated Logout). */
export function isSigningOut(): boolean {
  const oidc = Provider.ctx?.oidc
  return oidc?.route === 'end_session_confirm' && Boolean(oidc.params?.['logout'])
}

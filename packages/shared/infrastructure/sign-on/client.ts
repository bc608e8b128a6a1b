import type * as oauth from 'oauth4webapi'
import { z } from 'zod'
import type { AppConfig } from '../config/schema.ts'
import { clientSecret } from './client-secret.ts'
import type { Transaction } from './transactions.ts'

/**
 * `refused`: the authorization server said no, `login_required` for example. `failed`: it did not
 * answer, or would not take the code. `invalid`: this is not an answer to what was asked.
 */
export type SignOnOutcome =
  | ({ readonly status: 'signed-in' } & SignedIn)
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'failed'; readonly cause: unknown }
  | { readonly status: 'invalid'; readonly cause: unknown }

/** What an ID token says. `sid` names the session in back-channel logouts. */
export interface SignedIn {
  readonly userId: string
  readonly loginId: string
  readonly sid: string
  /** `auth_time`: when the member last showed who they are. */
  readonly authenticatedAt: Date
}

/** This app as a client of the authorization server: code flow with PKCE, nonce and `iss` (RFC 9700). */
export interface SignOnClient {
  /** Where to send the browser. */
  authorizationUrl(transaction: Transaction): Promise<string>
  /** Checks what came back to the callback and redeems the code. Never throws for what a browser sends. */
  finish(
    answer: URLSearchParams,
    transaction: Transaction,
    requestId: string,
  ): Promise<SignOnOutcome>
}

export const callbackPath = '/auth/callback'
export const backchannelPath = '/auth/backchannel'

/** How long a sign-in counts as fresh, for what only the member themselves should change. */
export const freshSeconds = 300

/** Besides what every ID token has; ours always name the sign-in. */
const named = z.object({
  sub: z.string(),
  login_id: z.string(),
  sid: z.string(),
  auth_time: z.number(),
})

const tokenTimeoutMilliseconds = 5000

/** With the first sign-in, so that a start does not wait for it. */
const loadOauth = () => import('oauth4webapi')

export function createSignOnClient(
  config: Pick<AppConfig, 'app' | 'publicUrls' | 'internalUrls' | 'secretKey'>,
): SignOnClient {
  const { app, publicUrls, internalUrls } = config
  const issuer = publicUrls.federation
  // No discovery: it is our own, and an app must start while federation is down.
  const server: oauth.AuthorizationServer = {
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${internalUrls.federation}/oauth/token`,
    authorization_response_iss_parameter_supported: true,
    id_token_signing_alg_values_supported: ['ES256'],
  }
  const client: oauth.Client = { client_id: app, id_token_signed_response_alg: 'ES256' }
  const secret = clientSecret(config.secretKey, app)
  const redirectUri = publicUrls[app] + callbackPath

  async function redeem(
    answer: URLSearchParams,
    { codeVerifier, nonce, isFresh }: Transaction,
    requestId: string,
  ): Promise<SignOnOutcome> {
    const oauth = await loadOauth()
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.ClientSecretBasic(secret),
      answer,
      redirectUri,
      codeVerifier,
      {
        headers: { 'x-request-id': requestId },
        signal: AbortSignal.timeout(tokenTimeoutMilliseconds),
        // Services talk over the private network, where there is no TLS.
        [oauth.allowInsecureRequests]: true,
      },
    )
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
      ...(isFresh ? { maxAge: freshSeconds } : {}),
    })
    const claims = oauth.getValidatedIdTokenClaims(tokens)
    const { sub: userId, login_id: loginId, sid, auth_time: seconds } = named.parse(claims)
    const authenticatedAt = new Date(seconds * 1000)
    return { status: 'signed-in', userId, loginId, sid, authenticatedAt }
  }

  return {
    async authorizationUrl({ state, nonce, codeVerifier, isSilent, isFresh }) {
      const oauth = await loadOauth()
      const url = new URL(`${issuer}/oauth/authorize`)
      url.search = new URLSearchParams({
        client_id: app,
        response_type: 'code',
        scope: 'openid',
        redirect_uri: redirectUri,
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...(isSilent ? { prompt: 'none' } : {}),
        ...(isFresh ? { max_age: String(freshSeconds) } : {}),
      }).toString()
      return url.href
    },

    async finish(answer, transaction, requestId) {
      const oauth = await loadOauth()
      let checked: URLSearchParams
      try {
        checked = oauth.validateAuthResponse(server, client, answer, transaction.state)
      } catch (cause) {
        if (cause instanceof oauth.AuthorizationResponseError) {
          return { status: 'refused', reason: cause.error }
        }
        return { status: 'invalid', cause }
      }
      try {
        return await redeem(checked, transaction, requestId)
      } catch (cause) {
        return { status: 'failed', cause }
      }
    },
  }
}

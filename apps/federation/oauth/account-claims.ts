import type { IncomingMessage } from 'node:http'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import { type Account, errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { Logins, SignInDevice } from '../services/logins.ts'
import { findFirstParty } from './clients.ts'

export interface AccountOptions extends Pick<AppDependencies, 'config' | 'services' | 'cache'> {
  readonly logins: Logins
  /** The browser that a request comes from, with the federation app's own device id. */
  readonly deviceOf: (request: IncomingMessage) => SignInDevice | undefined
}

/** Which claims each scope gives (OpenID Connect Core 5.4). `login_id` is for our own apps only. */
export const claimsOfScopes = {
  openid: ['sub', 'login_id'],
  profile: ['name', 'preferred_username', 'profile', 'picture'],
  email: ['email', 'email_verified'],
}

/** The member, and what may be said of them. Records a sign-in that has just been made. */
export async function findAccount(
  options: AccountOptions,
  context: KoaContextWithOIDC,
  { accountId, loginId }: { accountId: string; loginId: string | undefined },
): Promise<Account | undefined> {
  const { logins, deviceOf } = options
  const user = await findMember(options, accountId)
  if (!user) return undefined
  const { session, result, client } = context.oidc
  const app = findFirstParty(client?.clientId)
  // The first moment at which both the session and the member are known, and before either is saved.
  if (result?.login && session) {
    const device = deviceOf(context.req)
    if (!device) throw new errors.InvalidRequest('the device is not known')
    await logins.record({
      ...device,
      id: session.uid,
      userId: user.id,
      method: result.login.amr?.includes('hwk') ? 'passkey' : 'email',
      app: app ?? 'federation',
    })
  }
  return {
    accountId,
    async claims(use, scope) {
      const sub = { sub: accountId }
      if (use === 'id_token' && app) return { ...sub, login_id: loginId ?? session?.uid }
      const scopes = scope.split(' ')
      return {
        ...sub,
        ...(scopes.includes('email') ? { email: user.email, email_verified: true } : {}),
        ...(scopes.includes('profile') ? await profileOf(options, user) : {}),
      }
    },
  }
}

const keptSeconds = 60

/** Asked for in every request; told of changes by the same tag as sessions. */
async function findMember({ services, cache }: AccountOptions, id: string) {
  const user = await cache.getOrLoad(
    ['provider-account', id],
    async () => (await services.account.findUser(id)) ?? null,
    { ttlSeconds: keptSeconds, tags: [`user:${id}`] },
  )
  return user ?? undefined
}

async function profileOf(
  { services, config }: AccountOptions,
  user: { readonly id: string; readonly displayName: string },
) {
  const profile = await services.federation.findProfileByUser(user.id)
  const { federation } = config.publicUrls
  return {
    name: user.displayName,
    ...(profile && {
      preferred_username: profile.username,
      profile: federation + profile.path,
      ...(profile.avatar && { picture: new URL(profile.avatar, federation).href }),
    }),
  }
}

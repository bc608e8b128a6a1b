import { interactionPolicy as policies } from 'oidc-provider'
import { findFirstParty } from './clients.ts'

type InteractionPolicy = ReturnType<typeof policies.base>

/**
 * What a person may have to do on the way to an app: sign in, choose an account when the app asks for
 * that (`prompt=select_account`, OpenID Connect Core 3.1.2.1), agree.
 */
export function interactionPolicy(): InteractionPolicy {
  const policy = policies.base()
  const chooses = new policies.Prompt({ name: 'select_account', requestable: true })
  policy.add(chooses, 1)
  return policy
}

const pages: Readonly<Record<string, string>> = {
  login: 'sign-in',
  select_account: 'sign-in',
  consent: 'consent',
}

/** The page for it; `from` is for the way back when it takes too long. */
export function interactionPath(
  uid: string,
  { prompt, clientId }: { readonly prompt: string; readonly clientId: unknown },
): string {
  const path = `/${pages[prompt] ?? 'sign-in'}/${uid}`
  const from = findFirstParty(typeof clientId === 'string' ? clientId : undefined)
  return from ? `${path}?from=${from}` : path
}

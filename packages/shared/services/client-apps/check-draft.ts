import type {
  ClientAppDraft,
  ClientAppKind,
  ClientAppProblems,
} from '../../contracts/client-apps.ts'
import { checkPublicAddress, checkRedirectUri } from './check-addresses.ts'

/** What a draft comes to when nothing is wrong with it. */
export interface CheckedClientApp {
  readonly name: string
  readonly kind: ClientAppKind
  readonly homepage: string | null
  readonly redirectUris: string[]
  readonly postLogoutRedirectUris: string[]
  readonly backchannelLogoutUri: string | null
  readonly mayStay: boolean
}

export interface CheckOptions {
  readonly platformName: string
  /** Hosts of our own apps, which nobody else answers for. */
  readonly ownHosts: ReadonlySet<string>
}

const kinds: readonly string[] = ['web', 'browser', 'native', 'device'] satisfies ClientAppKind[]
const longestName = 60
const mostAddresses = 10

/** All problems at once, by field. */
export function checkDraft(
  draft: ClientAppDraft,
  options: CheckOptions,
): { readonly app: CheckedClientApp } | { readonly problems: ClientAppProblems } {
  const kind = (kinds.includes(draft.kind) ? draft.kind : 'web') as ClientAppKind
  const name = draft.name.replaceAll(/\s+/g, ' ').trim()
  const homepage = draft.homepage.trim()
  const backchannel = draft.backchannelLogoutUri.trim()
  const redirects = lines(draft.redirectUris)
  const afterwards = lines(draft.postLogoutRedirectUris)
  const redirectProblem = (uri: string) => checkRedirectUri(uri, kind, options)
  const problems: Record<string, string | undefined> = {
    kind: kinds.includes(draft.kind) ? undefined : 'Please choose what kind of app it is.',
    name: nameProblem(name, options),
    homepage: homepage ? checkPublicAddress(homepage, options) : undefined,
    redirectUris:
      kind === 'device' ? undefined : listProblem(redirects, redirectProblem, { isNeeded: true }),
    postLogoutRedirectUris: listProblem(afterwards, redirectProblem, { isNeeded: false }),
    backchannelLogoutUri: backchannel ? checkPublicAddress(backchannel, options) : undefined,
  }
  const found = Object.entries(problems).filter(([, problem]) => problem !== undefined)
  if (found.length > 0) return { problems: Object.fromEntries(found) }
  return {
    app: {
      name,
      kind,
      homepage: homepage || null,
      redirectUris: kind === 'device' ? [] : redirects,
      postLogoutRedirectUris: afterwards,
      backchannelLogoutUri: kind === 'web' ? backchannel || null : null,
      // A device has no browser to come back to.
      mayStay: draft.mayStay || kind === 'device',
    },
  }
}

function nameProblem(name: string, { platformName }: CheckOptions): string | undefined {
  if (!/[\p{L}\p{N}]/u.test(name)) return 'Please give it a name.'
  if (Array.from(name).length > longestName) return `A name has at most ${longestName} characters.`
  if (/[\p{Cc}\p{Cf}]/u.test(name)) return 'The name has characters that cannot be seen.'
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (plain(name).includes(plain(platformName))) {
    return `People would take it for one of ours: please leave out “${platformName}”.`
  }
  return undefined
}

function listProblem(
  uris: readonly string[],
  check: (uri: string) => string | undefined,
  { isNeeded }: { readonly isNeeded: boolean },
): string | undefined {
  if (uris.length === 0) return isNeeded ? 'Please give at least one address.' : undefined
  if (uris.length > mostAddresses) return `At most ${mostAddresses} addresses, please.`
  for (const uri of uris) {
    const problem = check(uri)
    if (problem) return `${uri.slice(0, 100)}: ${problem}`
  }
  return undefined
}

function lines(text: string): string[] {
  return [...new Set(text.split(/\s+/).filter(Boolean))]
}

import type { ActorAddresses } from '../addresses.ts'

export type WebFingerAnswer =
  | { readonly status: 'malformed' }
  | { readonly status: 'unknown' }
  | { readonly status: 'found'; readonly document: object }

const scheme = /^[a-z][a-z\d+.-]*:/i

/**
 * https://www.rfc-editor.org/rfc/rfc7033#section-4: `rels` filters the links. The subject is the address
 * that people write, whichever name was asked for, so that it maps back.
 */
export function answerWebFinger(
  resource: unknown,
  rels: readonly string[],
  addresses: ActorAddresses,
): WebFingerAnswer {
  if (typeof resource !== 'string' || !scheme.test(resource)) return { status: 'malformed' }
  if (!isOurs(resource, addresses)) return { status: 'unknown' }
  const links = [
    { rel: 'self', type: 'application/activity+json', href: addresses.actor },
    {
      rel: 'http://webfinger.net/rel/profile-page',
      type: 'text/html',
      href: addresses.home,
    },
  ]
  const wanted = rels.length > 0 ? links.filter(({ rel }) => rels.includes(rel)) : links
  const { username, host, actor, home } = addresses
  return {
    status: 'found',
    document: { subject: `acct:${username}@${host}`, aliases: [actor, home], links: wanted },
  }
}

/** The name in an `acct:` is the same in capitals, a host always. */
function isOurs(resource: string, { username, host, actor, home }: ActorAddresses): boolean {
  const account = /^acct:@?([^@]+)@(.+)$/i.exec(resource)
  if (account) {
    const [, name = '', at = ''] = account
    return decode(name).toLowerCase() === username && at.toLowerCase() === host
  }
  return [actor, home, home.slice(0, -1)].includes(resource)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

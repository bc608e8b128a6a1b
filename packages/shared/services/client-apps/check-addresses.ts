import { isIP } from 'node:net'
import type { ClientAppKind } from '../../contracts/client-apps.ts'

interface Options {
  readonly ownHosts: ReadonlySet<string>
}

const longestAddress = 500

/** An address on the web that anybody could open: https, a name and no number, not ours. */
export function checkPublicAddress(address: string, { ownHosts }: Options): string | undefined {
  const url = parse(address)
  if (typeof url === 'string') return url
  if (url.protocol !== 'https:') return 'it has to begin with https://'
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) || !url.hostname.includes('.')) {
    return 'it needs the name of a host'
  }
  return ownHosts.has(url.host) ? 'that is one of our own hosts' : undefined
}

/**
 * Where an app may get its answers (RFC 9700, 2.1; RFC 8252, 7): https; for development and for apps
 * on a computer also loopback http; for apps on a phone also a scheme of their own, which is a domain
 * the other way round.
 */
export function checkRedirectUri(
  uri: string,
  kind: ClientAppKind,
  options: Options,
): string | undefined {
  const url = parse(uri)
  if (typeof url === 'string') return url
  if (url.hash || uri.includes('#')) return 'it may not have a part after #'
  if (url.protocol === 'https:') return checkPublicAddress(uri, options)
  if (url.protocol === 'http:') {
    if (options.ownHosts.has(url.host)) return 'that is one of our own hosts'
    return isLoopback(url.hostname) ? undefined : 'only https, or http on localhost'
  }
  if (kind !== 'native') return 'it has to begin with https://'
  return /^[a-z][a-z\d-]*(\.[a-z\d-]+)+:$/.test(url.protocol)
    ? undefined
    : 'a scheme of your own looks like com.example.app:/callback'
}

function parse(address: string): URL | string {
  if (address.length > longestAddress) return 'it is too long'
  const url = URL.parse(address)
  if (!url || /[\p{Cc}\\]/u.test(address)) return 'that is not an address'
  return url.username || url.password ? 'it may not hold a user name' : url
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host === '127.0.0.1' || host === '[::1]' || host.endsWith('.localhost')
  )
}

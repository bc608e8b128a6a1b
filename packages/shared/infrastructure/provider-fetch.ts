import type { AppConfig } from './config/schema.ts'

/**
 * How the authorization server reaches others. Our own apps are on the private network; everybody
 * else is reached at public addresses only, which the dispatcher that the provider hands over sees to
 * (its list of special-use addresses; checked on the connected socket).
 */
export function createProviderFetch({
  internalUrls,
}: Pick<AppConfig, 'internalUrls'>): typeof fetch {
  const own = new Set(Object.values(internalUrls).map((url) => new URL(url).origin))
  return (url, options = {}) => {
    const { origin } = new URL(url instanceof Request ? url.url : url)
    if (!own.has(origin)) return fetch(url, options)
    const { dispatcher: _guard, ...rest } = options as RequestInit & { dispatcher?: unknown }
    return fetch(url, rest)
  }
}

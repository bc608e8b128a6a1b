/** Longer ones would make the authorization request too long for some servers in between. */
const longest = 1024
const somewhere = 'https://example.invalid'

/**
 * Where to go after signing in: a path on this app, with query and fragment. Whatever else was asked
 * for is `/`, and so are the sign-on routes themselves, which would lead in circles.
 */
export function safeNextPath(next: unknown): string {
  if (typeof next !== 'string' || next.length > longest) return '/'
  // Browsers take a backslash for a slash and drop tabs and line ends, so none of these may be there.
  if (!/^\/[^\\\s\p{Cc}]*$/u.test(next)) return '/'
  const url = parse(next)
  if (!url || url.origin !== somewhere) return '/'
  // `/.//host` has become `//host` by now, which a browser would take for another site.
  if (url.pathname.startsWith('//') || isSignOnPath(url.pathname)) return '/'
  return url.pathname + url.search + url.hash
}

function parse(path: string): URL | undefined {
  return URL.parse(path, somewhere) ?? undefined
}

function isSignOnPath(pathname: string): boolean {
  return pathname === '/auth' || pathname.startsWith('/auth/')
}

const triedParameter = 'sign-on'
const tried = 'tried'

/** The same path, marked so that no silent sign-on is tried there: this browser keeps no cookies. */
export function markTried(path: string): string {
  const url = new URL(path, somewhere)
  url.searchParams.set(triedParameter, tried)
  return url.pathname + url.search + url.hash
}

export function isMarkedTried(path: string): boolean {
  return path.includes(triedParameter) && parse(path)?.searchParams.get(triedParameter) === tried
}

import { ForbiddenError } from '../../contracts/errors.ts'

export interface BrowserRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The app's own origin: `https://cart.rose-ash.com`. */
  readonly origin: string
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Protection against request forgery without tokens, so that pages stay cacheable: an unsafe method
 * must come from the same origin, by Fetch Metadata or, in browsers without it, by `Origin`. A
 * sibling subdomain is refused like a stranger. A request with neither header is not from a browser
 * and carries nobody's cookies but its own. See docs/decisions/0003.
 *
 * Throws ForbiddenError.
 */
export function assertSameOrigin(request: BrowserRequest): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers['origin']
  if (site === 'same-origin' || site === 'none') return
  if (site === undefined && (origin === undefined || origin === request.origin)) return
  throw new ForbiddenError(
    'This form was sent from another site, so nothing was changed. Open the page here and try again.',
  )
}

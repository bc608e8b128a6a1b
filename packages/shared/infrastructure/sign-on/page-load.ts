import type { FastifyRequest } from 'fastify'
import { isMarkedTried } from './next-path.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Whether a page load may be sent to the authorization server to ask who it is. Default: when
     * the browser says that somebody is opening a page. `always`: also in browsers that do not say
     * what a request is for. `never`: the page is the same for everybody.
     */
    handshake?: 'always' | 'never'
  }
}

const neverPaths =
  /^\/(assets|content|internal|oauth|auth|\.well-known)\/|^\/(health|ready)$|^\/favicon\./
const robots = /bot\b|crawl|spider|slurp|facebookexternalhit|preview|monitor/i

/**
 * Whether somebody is opening a page in a browser. Crawlers, scripts, prefetches and whatever a page
 * loads by itself are not, so none of them ever sees a redirect.
 */
export function isPageLoad(request: FastifyRequest): boolean {
  const { headers, method } = request
  const handshake = request.routeOptions.config.handshake
  if (method !== 'GET' || request.is404 || handshake === 'never') return false
  if (!(headers.accept ?? '').includes('text/html')) return false
  if (neverPaths.test(pathOf(request)) || isMarkedTried(request.url)) return false
  if (isPrefetch(request) || robots.test(headers['user-agent'] ?? '')) return false
  return handshake === 'always' || isNavigation(request)
}

/** Fetch Metadata: https://www.w3.org/TR/fetch-metadata/ */
function isNavigation({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

function isPrefetch({ headers }: FastifyRequest): boolean {
  const purposes = [headers['sec-purpose'], headers['purpose'], headers['x-moz']]
  return purposes.some((purpose) => String(purpose ?? '').includes('prefetch'))
}

function pathOf(request: FastifyRequest): string {
  return request.url.replace(/[?#].*$/s, '')
}

import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { CookieJar } from './cookie-jar.ts'

/** One person with one browser: it keeps cookies, follows redirects and says what a request is for. */
export interface Visitor {
  readonly cookies: CookieJar
  /** Opens a page as from a bookmark, and follows where it leads. */
  open(url: string, options?: VisitOptions): Promise<Visited>
  /** Sends a form of the page's own origin, and follows where it leads. */
  submit(url: string, form: Record<string, string>, options?: VisitOptions): Promise<Visited>
}

export interface VisitOptions {
  /** Added to what a browser sends, or, when empty, taken away. */
  readonly headers?: Record<string, string>
  readonly method?: string
  /** Default true. */
  readonly follows?: boolean
  /** Stops before this address is asked for, so that something can happen in between. */
  readonly until?: (url: URL) => boolean
}

export interface Visited {
  readonly url: URL
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  /** Every address on the way, this one last. */
  readonly path: readonly string[]
  /** Where the answer leads, when it was not followed. */
  readonly location: string | undefined
}

const mostRedirects = 20

/** `*.localhost` is this machine. `address` is what a proxy would tell the server, where it believes one. */
export function createVisitor(
  options: { readonly keepsCookies?: boolean; readonly address?: string } = {},
): Visitor {
  const { keepsCookies = true, address } = options
  const cookies = new CookieJar()

  async function send(url: URL, method: string, extra: Sent): Promise<Visited> {
    const headers: Record<string, string> = {
      host: url.host,
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      'sec-fetch-site': extra.form ? 'same-origin' : 'none',
      ...(extra.form ? { origin: url.origin } : {}),
      ...(address ? { 'x-forwarded-for': address } : {}),
      ...extra.headers,
    }
    const cookie = keepsCookies ? cookies.headerFor(url) : ''
    if (cookie) headers['cookie'] = cookie
    for (const [name, value] of Object.entries(headers)) if (!value) delete headers[name]

    const answer = await exchange(url, { method, headers, form: extra.form })
    if (keepsCookies) cookies.keep(url, [answer.headers['set-cookie'] ?? []].flat())
    return answer
  }

  async function visit(url: string, method: string, extra: Sent & VisitOptions): Promise<Visited> {
    const path: string[] = []
    let answer = await send(new URL(url), method, extra)
    path.push(answer.url.href)
    while (answer.location && extra.follows !== false) {
      const next = new URL(answer.location, answer.url)
      if (extra.until?.(next)) break
      if (path.length > mostRedirects) throw new Error(`It goes in circles: ${path.join('\n')}`)
      answer = await send(next, 'GET', { headers: extra.headers })
      path.push(answer.url.href)
    }
    return { ...answer, path }
  }

  return {
    cookies,
    open: (url, options = {}) => visit(url, options.method ?? 'GET', { ...options }),
    submit: (url, form, options = {}) => visit(url, options.method ?? 'POST', { ...options, form }),
  }
}

interface Sent {
  readonly headers?: Record<string, string> | undefined
  readonly form?: Record<string, string>
}

async function exchange(
  url: URL,
  {
    method,
    headers,
    form,
  }: { method: string; headers: Record<string, string>; form: Sent['form'] },
): Promise<Visited> {
  const { promise, resolve, reject } = Promise.withResolvers<Visited>()
  const request = httpRequest(
    {
      host: '127.0.0.1',
      port: url.port || 80,
      method,
      path: url.pathname + url.search,
      headers: { ...headers, ...(form ? formHeaders : {}) },
      agent: false,
    },
    (response) => {
      text(response).then((body) => {
        const { location } = response.headers
        const status = response.statusCode ?? 0
        resolve({ url, status, headers: response.headers, body, path: [], location })
      }, reject)
    },
  )
  request.once('error', reject)
  request.end(form ? new URLSearchParams(form).toString() : undefined)
  return promise
}

const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' }

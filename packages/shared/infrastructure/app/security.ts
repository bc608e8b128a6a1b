import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import helmet, { type HelmetOptions } from 'helmet'
import { TooManyRequestsError } from '../../contracts/errors.ts'
import type { AppConfig } from '../config/schema.ts'
import { assertSameOrigin } from '../security/same-origin.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Programs ask, and prove who they are in each request; no cookie counts for anything. */
    isForMachines?: boolean
  }
}

/** Security headers, forgery protection and a limit on writes. On in development as in production. */
export async function addSecurity(app: FastifyInstance, config: AppConfig): Promise<void> {
  const origins = Object.values(config.publicUrls)
  const origin = config.publicUrls[config.app]
  const isSecure = origin.startsWith('https:')

  const headers = headersOf({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:', ...origins],
        'media-src': ["'self'", ...origins],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        // A form's answer may redirect to another of our subdomains, at sign-out for example.
        'form-action': ["'self'", ...origins],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    crossOriginResourcePolicy: { policy: 'same-site' },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  })
  const headersForMachines = {
    ...headers,
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  }
  app.addHook('onRequest', (request, reply, done) => {
    const isShown = request.headers['sec-fetch-mode'] === 'navigate' || !isForMachines(request)
    void reply.headers(isShown ? headers : headersForMachines)
    done()
  })

  app.addHook('onRequest', async (request) => {
    if (isForMachines(request)) return
    assertSameOrigin({ method: request.method, headers: request.headers, origin })
  })

  await app.register(rateLimit, {
    max: config.limits.writesPerMinute,
    timeWindow: 60_000,
    // Reading is cheap and cached; the limit is on what changes something.
    allowList: (request) =>
      request.method === 'GET' || request.method === 'HEAD' || isForMachines(request),
    errorResponseBuilder: (_request, { after }) =>
      new TooManyRequestsError(`That was a lot at once. Please try again in ${after}.`),
  })
}

/** What helmet sets. It is the same for each answer, and working it out costs more than routing. */
function headersOf(options: HelmetOptions): Readonly<Record<string, string>> {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  helmet(options)(request, response, (cause) => {
    if (cause) throw new Error('Helmet made no headers.', { cause })
  })
  return Object.fromEntries(
    Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
  )
}

/** These routes check who asks by themselves: by a signature, a client's secret or a token. */
function isForMachines({ routeOptions }: FastifyRequest): boolean {
  const isInternal = routeOptions.url?.startsWith('/internal/') ?? false
  return isInternal || routeOptions.config.isForMachines === true
}

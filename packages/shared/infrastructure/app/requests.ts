import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  LogController,
} from 'fastify'
import type { AppConfig } from '../config/schema.ts'

const uploadMilliseconds = 3_600_000
const requestIdPattern = /^[\w-]{8,64}$/

/** Limits and logging of one app's server. */
export function serverOptions(
  config: AppConfig,
  { log, acceptsUploads }: { log: FastifyBaseLogger; acceptsUploads: boolean },
): FastifyHttpOptions<Server> & { readonly loggerInstance: FastifyBaseLogger } {
  const timeoutMilliseconds = config.limits.requestTimeoutSeconds * 1000
  return {
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: config.limits.bodyBytes,
    // A large file on a slow line takes its time; a form does not.
    requestTimeout: acceptsUploads ? uploadMilliseconds : timeoutMilliseconds,
    http: {
      headersTimeout: Math.min(20_000, timeoutMilliseconds),
      // How often the two are looked at; by default so seldom that they take twice as long.
      connectionsCheckingInterval: Math.min(5000, timeoutMilliseconds / 2),
    },
    connectionTimeout: timeoutMilliseconds * 2,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // Who was quick enough to ask while it closes gets an answer like any other.
    return503OnClosing: false,
    trustProxy: (_address: string, hop: number) => hop < config.trustedProxies,
    // Longer than any address can be: one that is too long leads nowhere, like any other.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
    rewriteUrl: ({ url = '/' }: IncomingMessage) => legibleUrl(url),
    // One id for one visit across services: the caller's, when it looks like one.
    genReqId(request: IncomingMessage) {
      const given = request.headers['x-request-id']
      return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID()
    },
  }
}

/**
 * An address that is no UTF-8, or holds a zero byte, which PostgreSQL cannot, leads nowhere: it comes
 * to the page that says so, and to no route that would trip over it.
 */
function legibleUrl(url: string): string {
  if (!url.includes('%')) return url
  const [path = '', ...query] = url.split('?')
  try {
    if (!decodeURIComponent(path).includes('\0')) return url
  } catch {
    // Not UTF-8.
  }
  return [path.replaceAll('%', '%25'), ...query].join('?')
}

/** One line a request, without the query: it may hold an authorization code or what somebody searched. */
export function addRequestLog(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const level = request.routeOptions.url?.startsWith('/assets') ? 'debug' : 'info'
    request.log[level](
      {
        method: request.method,
        path: request.url.replace(/\?.*$/s, ''),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        userId: request.user?.id,
      },
      'request',
    )
  })
}

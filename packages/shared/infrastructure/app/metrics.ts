import { createServer, type Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** One process's measurements, in Prometheus' text format. Apps in one process share it. */
export interface Metrics {
  readonly registry: Registry
  readonly requestDuration: Histogram<'app' | 'method' | 'route' | 'status'>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const requestDuration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['app', 'method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  return { registry, requestDuration }
}

/** Times every request by route, so that the number of series is bounded by the number of routes. */
export function measureRequests(app: FastifyInstance, { requestDuration }: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    requestDuration.observe(
      {
        app: app.config.app,
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
      },
      reply.elapsedTime / 1000,
    )
  })
}

/** `/metrics` with the process's own figures (memory, event loop, CPU), on a port of its own. */
export async function listenForMetrics(
  { registry }: Metrics,
  address: { readonly host: string; readonly port: number },
): Promise<Server> {
  collectDefaultMetrics({ register: registry })
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address.port, address.host, resolve)
  })
  return server
}

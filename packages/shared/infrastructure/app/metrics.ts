import { createServer, type Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** One app's measurements, in Prometheus' text format. */
export interface AppMetrics {
  readonly registry: Registry
}

/** Times every request by route, so that the number of series is bounded by the number of routes. */
export function createAppMetrics(app: FastifyInstance): AppMetrics {
  const registry = new Registry()
  registry.setDefaultLabels({ app: app.config.app })
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    duration.observe(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
      },
      reply.elapsedTime / 1000,
    )
  })
  return { registry }
}

/** `/metrics` of one or more apps, with the process's own figures, on a port of its own. */
export async function listenForMetrics(
  metrics: readonly AppMetrics[],
  address: { readonly host: string; readonly port: number },
): Promise<Server> {
  const processRegistry = new Registry()
  collectDefaultMetrics({ register: processRegistry })
  const merged = Registry.merge([processRegistry, ...metrics.map(({ registry }) => registry)])
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    merged.metrics().then(
      (text) => response.writeHead(200, { 'content-type': merged.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address.port, address.host, resolve)
  })
  return server
}

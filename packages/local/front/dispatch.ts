import type { RequestListener, ServerResponse } from 'node:http'

/** Handlers by host name without port: `blog.localhost`. */
export type Hosts = ReadonlyMap<string, RequestListener>

/**
 * Sends each request to the app whose host it names. The bare host leads to `bareTarget`; any other
 * name is answered with a plain sentence and never believed.
 */
export function dispatchByHost(hosts: Hosts, bareTarget: string): RequestListener {
  return (request, response) => {
    const host = (request.headers.host ?? '').replace(/\.?(:\d+)?$/, '').toLowerCase()
    const app = hosts.get(host)
    if (app) {
      app(request, response)
    } else if (isBareHost(host)) {
      response.writeHead(302, { location: bareTarget + pathOf(request.url) }).end()
    } else {
      answerUnknownHost(response, [...hosts.keys()])
    }
  }
}

/** A path and nothing but a path: what begins with two slashes, or with a scheme, names a host. */
function pathOf(url = '/'): string {
  return url.replace(/^[^/\\]*[/\\]*/, '/')
}

function isBareHost(host: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(host)
}

function answerUnknownHost(response: ServerResponse, known: readonly string[]): void {
  response
    .writeHead(421, { 'content-type': 'text/plain; charset=utf-8' })
    .end(`There is no such site here. These are: ${known.join(', ')}\n`)
}

/**
 * One address for all apps inside the process: `/blog/internal/…` goes to the blog as `/internal/…`.
 * Services reach each other here, since not every system resolves `*.localhost`.
 */
export function dispatchByPath(apps: ReadonlyMap<string, RequestListener>): RequestListener {
  return (request, response) => {
    const match = /^\/([a-z]+)(\/.*)$/.exec(request.url ?? '')
    const app = apps.get(match?.[1] ?? '')
    if (!app) {
      response.writeHead(404).end()
      return
    }
    request.url = match![2]!
    app(request, response)
  }
}

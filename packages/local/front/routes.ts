import type { RequestListener, ServerResponse } from 'node:http'
import { dispatchByHost, dispatchByPath } from './dispatch.ts'

/** Where requests go while apps are still being added. */
export interface Routes {
  readonly front: RequestListener
  readonly inside: RequestListener
  add(name: string, publicUrl: string, app: RequestListener): void
  /** Until this is called visitors are asked to wait a moment. */
  open(bareTarget: string): void
}

export function createRoutes(): Routes {
  const byHost = new Map<string, RequestListener>()
  const byName = new Map<string, RequestListener>()
  let front: RequestListener = answerStarting

  return {
    front: (request, response) => front(request, response),
    inside: dispatchByPath(byName),
    add(name, publicUrl, app) {
      byHost.set(new URL(publicUrl).hostname, app)
      byName.set(name, app)
    },
    open(bareTarget) {
      front = dispatchByHost(byHost, bareTarget)
    },
  }
}

function answerStarting(_request: unknown, response: ServerResponse): void {
  response
    .writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain; charset=utf-8' })
    .end('Rose Ash is starting. One moment, please.\n')
}

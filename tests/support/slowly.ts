import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

export interface SlowLine {
  /** Of this machine: what comes there is passed on. */
  readonly port: number
  readonly pieces: number
  readonly pauseMilliseconds: number
}

/** Passes on what is at a port, pages piece by piece. */
export async function passOnSlowly(
  line: SlowLine,
): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((asked, reply) => void passOn(asked, reply, line))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function passOn(
  { url, method, headers }: IncomingMessage,
  reply: ServerResponse,
  { port, pieces, pauseMilliseconds }: SlowLine,
): Promise<void> {
  const isPage = headers.accept?.includes('text/html') ?? false
  const passed = {
    ...headers,
    host: headers.host?.replace(/:\d+$/, `:${port}`),
    ...(isPage ? { 'accept-encoding': 'identity' } : {}),
  }
  const asked = request({ host: '127.0.0.1', port, path: url, method, headers: passed }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const body = await buffer(answer)
  reply.writeHead(answer.statusCode ?? 502, answer.headers)
  const size = isPage ? Math.ceil(body.length / pieces) : body.length
  for (let start = 0; start < body.length; start += size) {
    reply.write(body.subarray(start, start + size))
    if (isPage) await delay(pauseMilliseconds)
  }
  reply.end()
}

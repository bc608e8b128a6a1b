import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** For tests: what a target of webhooks has been sent. */
export interface Received {
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly rawBody: string
  // oxlint-disable-next-line typescript/no-explicit-any -- what a program that knows Ghost would read.
  readonly body: any
}

/** A program on this machine that is told of changes. */
export interface TestTarget extends AsyncDisposable {
  /** `127.0.0.1:12345`. */
  readonly host: string
  readonly url: string
  readonly received: Received[]
  /** What it answers from now on. Default 200. */
  answer: { status: number; headers?: Record<string, string> }
  /** Takes what comes, and answers nothing. Default false. */
  holds: boolean
  /** The first that fits, as soon as it has come. */
  wait(fits: (received: Received) => boolean): Promise<Received>
}

export async function createTestTarget(): Promise<TestTarget> {
  const received: Received[] = []
  let look = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    void text(request).then((rawBody) => {
      const { url: path = '', headers } = request
      received.push({ path, headers, rawBody, body: JSON.parse(rawBody) })
      if (!target.holds) {
        response.writeHead(target.answer.status, target.answer.headers).end('thank you')
      }
      look.resolve()
      look = Promise.withResolvers()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const target: TestTarget = {
    host,
    url: `http://${host}/hook`,
    received,
    answer: { status: 200 },
    holds: false,
    async wait(fits) {
      for (;;) {
        const found = received.find(fits)
        if (found) return found
        await look.promise
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return target
}

/** As receivers of Ghost's webhooks check them; throws when it is not signed with this secret. */
export function verifyDelivery({ headers, rawBody }: Received, secret: string): void {
  const [, given = '', at = ''] =
    /^sha256=([\da-f]{64}), t=(\d+)$/.exec(String(headers['x-ghost-signature'])) ?? []
  const expected = createHmac('sha256', secret)
    .update(rawBody + at)
    .digest('hex')
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(given.padEnd(64)))) {
    throw new Error('The signature is wrong.')
  }
  if (Math.abs(Date.now() - Number(at)) > 300_000) throw new Error('The signature is old.')
}

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { quickStart } from '@rose-ash/local/quick-start'
import autocannon from 'autocannon'
import type { Question, Started, Usage } from './process.ts'

/** One side of the comparison, running in its own process. */
export interface Side extends AsyncDisposable {
  usage(): Promise<Usage>
  /** Throws unless the page is there and holds `expected`. */
  read(path: string, expected: string): Promise<string>
  /** Throws on any other answer than 200. */
  load(options: LoadOptions): Promise<Load>
}

/** Ten connections, each asking again as soon as it is answered. */
export interface LoadOptions {
  /** More than one: each connection walks through them from another place. */
  readonly paths: readonly string[]
  readonly seconds: number
  /** As browsers do. */
  readonly isCompressed?: boolean
}

export interface Load {
  readonly requestsPerSecond: number
  readonly medianMilliseconds: number
  readonly p99Milliseconds: number
  readonly cpuMillisecondsPerRequest: number
}

const program = fileURLToPath(new URL('process.ts', import.meta.url))

export async function startSide(question: Question): Promise<Side> {
  const child = fork(program, { execArgv: [quickStart] })
  const { port, host } = await ask<Started>(child, question)
  const usage = () => ask<Usage>(child, { ask: 'usage' })
  return {
    usage,

    async read(path, expected) {
      const asked = httpRequest({ host: '127.0.0.1', port, path, headers: { host, accept } }).end()
      const [response] = await once(asked, 'response')
      const html = await text(response)
      if (response.statusCode !== 200 || !html.includes(expected)) {
        throw new Error(`${path} answered ${response.statusCode}, without ${expected}`)
      }
      return html
    },

    async load({ paths, seconds, isCompressed }) {
      const requests = paths.map((path) => ({ path }))
      let clients = 0
      const before = await usage()
      const result = await autocannon({
        url: `http://127.0.0.1:${port}`,
        headers: { host, accept, ...(isCompressed ? { 'accept-encoding': 'gzip, br' } : {}) },
        connections,
        duration: seconds,
        setupClient(client) {
          const start = Math.floor((clients++ * requests.length) / connections)
          client.setRequests([...requests.slice(start), ...requests.slice(0, start)])
        },
      })
      const after = await usage()
      const failures = result.non2xx + result.errors + result.timeouts
      if (failures > 0) throw new Error(`${failures} requests were not answered with 200`)
      return {
        requestsPerSecond: result.requests.total / result.duration,
        medianMilliseconds: result.latency.p50,
        p99Milliseconds: result.latency.p99,
        cpuMillisecondsPerRequest:
          (after.cpuMilliseconds - before.cpuMilliseconds) / result.requests.total,
      }
    },

    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

const accept = 'text/html'
const connections = 10

async function ask<Answer>(child: ChildProcess, question: Question): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const fail = () => reject(new Error('a side of the benchmark ended early'))
  const keep = (answer: unknown) => resolve(answer as Answer)
  child.once('exit', fail).once('message', keep).send(question)
  try {
    return await promise
  } finally {
    child.off('exit', fail).off('message', keep)
  }
}

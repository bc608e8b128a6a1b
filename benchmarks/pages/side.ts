import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import type { Question, Started, Usage } from './process.ts'

/** One side of the comparison, running in its own process. */
export interface Side extends AsyncDisposable {
  usage(): Promise<Usage>
  /** Throws unless the page is there and holds `expected`. */
  read(path: string, expected: string): Promise<string>
  /** Ten connections, each asking again as soon as it is answered. Throws on any other answer than 200. */
  load(path: string, seconds: number): Promise<Load>
}

export interface Load {
  readonly requestsPerSecond: number
  readonly medianMilliseconds: number
  readonly p99Milliseconds: number
  readonly cpuMillisecondsPerRequest: number
}

const program = fileURLToPath(new URL('process.ts', import.meta.url))

export async function startSide(question: Question): Promise<Side> {
  const child = fork(program)
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

    async load(path, seconds) {
      const before = await usage()
      const result = await autocannon({
        url: `http://127.0.0.1:${port}${path}`,
        headers: { host, accept },
        connections: 10,
        duration: seconds,
      })
      const after = await usage()
      const failures = result.non2xx + result.errors + result.timeouts
      if (failures > 0) throw new Error(`${path}: ${failures} requests were not answered with 200`)
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

async function ask<Answer>(child: ChildProcess, question: Question): Promise<Answer> {
  const failed = once(child, 'exit').then(() => {
    throw new Error('a side of the benchmark ended early')
  })
  const answered = once(child, 'message')
  child.send(question)
  const [answer] = await Promise.race([answered, failed])
  return answer as Answer
}

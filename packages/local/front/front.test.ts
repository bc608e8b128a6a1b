import { once } from 'node:events'
import { request as httpRequest, type RequestListener } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { listen, listenForVisitors } from './listen.ts'
import { createRoutes } from './routes.ts'

const named =
  (name: string): RequestListener =>
  (request, response) =>
    response.end(`${name} ${request.url}`)

const routes = createRoutes()
const front = await listen(routes.front, { host: '127.0.0.1', port: 0 })
const inside = await listen(routes.inside, { host: '127.0.0.1', port: 0 })
afterAll(() => Promise.all([front[Symbol.asyncDispose](), inside[Symbol.asyncDispose]()]))

/** Sends the path as it is, which `fetch` would tidy up. */
async function get(path: string, host?: string, port = front.port) {
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    path,
    agent: false,
    setHost: false,
    headers: host === undefined ? {} : { host },
  }).end()
  const [response] = await once(request, 'response')
  const { location } = response.headers
  return { status: response.statusCode, body: await text(response), location }
}

test('a visitor who comes too early is asked to wait', async () => {
  const { status, body } = await get('/', 'blog.localhost')
  expect(status).toBe(503)
  expect(body).toContain('One moment, please')
})

describe('the front', () => {
  test('sends each request to the app whose host it names', async () => {
    routes.add('blog', 'http://blog.localhost:8000', named('blog'))
    routes.add('cart', 'http://cart.localhost:8000', named('cart'))
    routes.open('http://blog.localhost:8000')
    expect((await get('/bread/?a=b', 'blog.localhost:8000')).body).toBe('blog /bread/?a=b')
    expect((await get('/', 'CART.localhost')).body).toBe('cart /')
    expect((await get('/', 'cart.localhost.')).body).toBe('cart /')
  })

  test.each(['localhost', 'localhost:8000', '127.0.0.1:8000', '[::1]', '[::1]:8000'])(
    'leads from the bare host to the blog, on the same path: %s',
    async (host) => {
      const { status, location } = await get('/bread/?a=b', host)
      expect(status).toBe(302)
      expect(location).toBe('http://blog.localhost:8000/bread/?a=b')
    },
  )

  test.each(['//evil.example/', '///', '//', '/\\evil.example', 'http://evil.example/', '*', '/%'])(
    'leads nowhere else, and does not fall over: %s',
    async (path) => {
      const { status, location } = await get(path, 'localhost')
      expect(status).toBe(302)
      expect(new URL(location ?? '').origin).toBe('http://blog.localhost:8000')
    },
  )

  test.each(['evil.example', 'blog.localhost.evil.example', '', 'localhost:8000:1', '__proto__'])(
    'does not believe a name that it does not have: %j',
    async (host) => {
      const { status, body } = await get('/', host)
      expect(status).toBe(421)
      expect(body).toBe('There is no such site here. These are: blog.localhost, cart.localhost\n')
    },
  )
})

test('services reach each other by path, without names', async () => {
  expect((await get('/cart/internal/fragments?a=b', 'x', inside.port)).body).toBe(
    'cart /internal/fragments?a=b',
  )
  for (const path of ['/', '/cart', '/nobody/', '//cart/', '*']) {
    expect((await get(path, 'x', inside.port)).status).toBe(404)
  }
})

describe('listening', () => {
  test('takes the next port when one is taken', async () => {
    await using first = await listenForVisitors(named('one'), {
      host: '127.0.0.1',
      port: undefined,
    })
    await using second = await listenForVisitors(named('two'), {
      host: '127.0.0.1',
      port: undefined,
    })
    expect(first.port).toBeGreaterThanOrEqual(8000)
    expect(second.port).toBeGreaterThan(first.port)
  })

  test('does not take another port than the one that was asked for', async () => {
    await using taken = await listen(named('one'), { host: '127.0.0.1', port: 0 })
    const { port } = taken
    await expect(listenForVisitors(named('two'), { host: '127.0.0.1', port })).rejects.toThrow(
      'EADDRINUSE',
    )
  })

  test('ends when what is under way is answered, and waits for nobody who is silent', async () => {
    const slow = await listen(
      (_request, response) => void setTimeout(() => response.end('bread'), 200),
      { host: '127.0.0.1', port: 0 },
    )
    const silent = connect(slow.port, '127.0.0.1')
    await once(silent, 'connect')
    const answer = get('/', 'x', slow.port)
    await delay(50)
    const start = performance.now()
    await slow[Symbol.asyncDispose]()
    expect(performance.now() - start).toBeLessThan(1900)
    expect((await answer).body).toBe('bread')
    silent.destroy()
    await slow[Symbol.asyncDispose]()
  })
})

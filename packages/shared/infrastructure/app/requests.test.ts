import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineFragment } from '../fragments/routes.ts'
import { createInternalClient } from '../internal-client.ts'
import { deriveKey } from '../keys.ts'
import { createTestShell, testLimits, type TestShell } from './test-shell.ts'

async function listen(shell: TestShell): Promise<number> {
  await shell.app.listen({ host: '127.0.0.1', port: 0 })
  return (shell.app.server.address() as AddressInfo).port
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

describe('a request’s id', () => {
  test('is its own, or that of the service that asks', async () => {
    await using shell = await createTestShell()
    const own = await shell.app.inject('/health')
    expect(own.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    const given = { 'x-request-id': 'request-17-of-the-blog' }
    const answer = await shell.app.inject({ url: '/health', headers: given })
    expect(answer.headers['x-request-id']).toBe('request-17-of-the-blog')
    expect(shell.lines.at(-1)).toMatchObject({ reqId: 'request-17-of-the-blog', path: '/health' })
  })

  test('follows it through every service that it needs', async () => {
    const shop = defineFragment(z.object({}), async () => '<a>Shop</a>')
    await using peer = await createTestShell({ app: 'events', fragments: { 'nav-item': shop } })
    const url = `http://127.0.0.1:${await listen(peer)}`
    const internal = createInternalClient({
      internalUrls: { ...peer.dependencies.config.internalUrls, events: url },
      signatureKey: deriveKey(peer.dependencies.config.secretKey, 'internal-signature'),
    })
    await using shell = await createTestShell({ internal })
    const answer = await shell.app.inject({ url: '/nowhere', headers: { accept: 'text/html' } })
    expect(answer.body).toContain('<a>Shop</a>')
    const line = { reqId: answer.headers['x-request-id'], path: '/internal/fragments', status: 200 }
    await vi.waitFor(() => expect(peer.lines.at(-1)).toMatchObject(line))
  })

  test.each(['short', 'x'.repeat(65), 'two words', '"}{"level":60', 'a\tb-and-so-on'])(
    'is never what only looks like one: %s',
    async (given) => {
      await using shell = await createTestShell()
      const answer = await shell.app.inject({ url: '/health', headers: { 'x-request-id': given } })
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    },
  )
})

test('a request is one line in the log, without what was in its query, cookies and body', async () => {
  await using shell = await createTestShell()
  await shell.app.inject({
    url: '/health?code=secret-code',
    headers: { cookie: 'session=secret-session', authorization: 'secret-key' },
  })
  expect(shell.lines).toHaveLength(1)
  expect(shell.lines[0]).toMatchObject({ method: 'GET', path: '/health', status: 200 })
  expect(JSON.stringify(shell.lines)).not.toContain('secret-')
})

describe('a connection', () => {
  const impatient = { limits: { ...testLimits, requestTimeoutSeconds: 1 } }

  test.concurrent.each([
    ['its headers', 'GET / HTTP/1.1\r\nHost: market.localhost\r\nX-Loaf: r'],
    [
      'its body',
      'POST / HTTP/1.1\r\nHost: market.localhost\r\nContent-Type: application/json\r\n' +
        'Content-Length: 99\r\n\r\n{',
    ],
  ])('that takes for ever to send %s is cut', async (_part, beginning) => {
    await using shell = await createTestShell({
      config: impatient,
      routes: ({ app }) => app.post('/', async () => 'never'),
    })
    const socket = await open(await listen(shell))
    socket.write(beginning)
    const drip = setInterval(() => socket.write('y'), 200)
    const start = performance.now()
    // What drips in after the end is answered by a reset.
    const answer = await text(socket).catch(() => '')
    clearInterval(drip)
    expect(answer).toMatch(/^$|^HTTP\/1\.1 408 /)
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})

test('closing finishes what is under way, takes nothing new and ends idle connections', async () => {
  await using shell = await createTestShell({
    routes: ({ app }) =>
      app.get('/slow', async () => {
        started.resolve()
        await delay(300)
        return { baked: true }
      }),
  })
  const started = Promise.withResolvers<void>()
  const port = await listen(shell)
  const idle = await open(port)
  const slow = fetch(`http://127.0.0.1:${port}/slow`)
  await started.promise
  const closed = shell.app.close()
  const answer = await slow
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ baked: true })
  await closed
  idle.destroy()
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed')
})

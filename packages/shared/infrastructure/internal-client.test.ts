import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { appNames, type AppName } from '../contracts/apps.ts'
import { UnavailableError } from '../contracts/errors.ts'
import { createInternalClient, type InternalClient } from './internal-client.ts'
import { deriveKey } from './keys.ts'
import { isSignatureValid, signatureHeader } from './security/signature.ts'

const signatureKey = deriveKey('a key for tests, of no use to anybody else', 'internal-signature')
const question = { body: { loaf: 'rye' }, requestId: 'request-17', timeoutMilliseconds: 300 }

async function createPeer(listener: RequestListener): Promise<InternalClient> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const internalUrls = Object.fromEntries(appNames.map((app) => [app, url])) as Record<
    AppName,
    string
  >
  return createInternalClient({ internalUrls, signatureKey })
}

describe('asking another service', () => {
  test('signs the question and passes on whose request it belongs to', async () => {
    const heard: { headers: IncomingHttpHeaders; body: string }[] = []
    const client = await createPeer((request, response) => {
      void text(request).then((body) => {
        heard.push({ headers: request.headers, body })
        response.end('["bread"]')
      })
    })
    expect(await client.post('cart', '/internal/fragments', question)).toEqual(['bread'])
    const [{ headers, body }] = heard as [(typeof heard)[0]]
    expect(body).toBe('{"loaf":"rye"}')
    expect(headers['x-request-id']).toBe('request-17')
    const signature = String(headers[signatureHeader])
    const path = '/internal/fragments'
    expect(isSignatureValid(signatureKey, { method: 'POST', path, body, signature })).toBe(true)
  })

  test.each([
    ['fails', (_request, response) => response.writeHead(500).end('{}')],
    ['says something else than JSON', (_request, response) => response.end('<html>')],
    [
      'sends us elsewhere',
      (_request, response) => response.writeHead(302, { location: '/' }).end(),
    ],
    ['hangs up', (request) => request.socket.destroy()],
    ['never answers', () => undefined],
    ['never finishes', (_request, response) => response.write('["br')],
  ] satisfies [string, RequestListener][])(
    'who %s is unavailable, in time',
    async (_what, peer) => {
      const client = await createPeer(peer)
      const start = performance.now()
      await expect(client.post('cart', '/internal/fragments', question)).rejects.toThrow(
        UnavailableError,
      )
      expect(performance.now() - start).toBeLessThan(5000)
    },
  )

  test('who failed is left alone for a moment, so that it costs its time-out once', async () => {
    let questions = 0
    const client = await createPeer(() => {
      questions += 1
    })
    await Promise.allSettled([
      client.post('cart', '/', question),
      client.post('cart', '/', question),
    ])
    expect(client.isAvailable('cart')).toBe(false)
    expect(client.isAvailable('events')).toBe(true)
    const start = performance.now()
    await expect(client.post('cart', '/', question)).rejects.toThrow('resting')
    expect(performance.now() - start).toBeLessThan(250)
    expect(questions).toBe(2)
  })

  test('who is well again is asked again', async () => {
    let isWell = false
    const client = await createPeer((_request, response) => {
      response.writeHead(isWell ? 200 : 500).end('[]')
    })
    await expect(client.post('cart', '/', question)).rejects.toThrow(UnavailableError)
    isWell = true
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3100 })
    onTestFinished(() => void vi.useRealTimers())
    expect(await client.post('cart', '/', question)).toEqual([])
    expect(client.isAvailable('cart')).toBe(true)
  })
})

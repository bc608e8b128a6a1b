import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { createGuardedFetch } from './guarded-fetch.ts'
import { isPublicAddress } from './public-address.ts'

const answers: Record<string, RequestListener> = {
  '/plain': (_request, response) => response.end('hello'),
  '/moved': (_request, response) => response.writeHead(302, { location: '/plain' }).end(),
  '/round': (_request, response) => response.writeHead(302, { location: '/round' }).end(),
  '/inside': (_request, response) =>
    response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  '/large': (_request, response) => response.end('x'.repeat(3000)),
  '/slow': () => undefined,
}
const server = createServer((request, response) => answers[request.url ?? '']?.(request, response))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const site = `http://127.0.0.1:${port}`
const open = createGuardedFetch({ privateHosts: [`127.0.0.1:${port}`] })
const guarded = createGuardedFetch()
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await open[Symbol.asyncDispose]()
  await guarded[Symbol.asyncDispose]()
})

test('reads what is there, also where it has moved to', async () => {
  const answer = await open(`${site}/moved`)
  expect(answer).toMatchObject({ status: 200, url: `${site}/plain` })
  expect(answer.body.toString()).toBe('hello')
})

test.each([
  ['http://127.0.0.1:1/', 'private'],
  ['http://[::1]:1/', 'private'],
  ['http://2130706433/', 'private'],
  ['http://0x7f.1/', 'private'],
  ['http://localhost:1/', 'private'],
  ['http://[::ffff:10.0.0.1]/', 'private'],
  ['http://169.254.169.254/latest/meta-data/', 'private'],
  ['file:///etc/passwd', 'not-an-address'],
  ['gopher://example.org/', 'not-an-address'],
  ['https://name:password@example.org/', 'not-an-address'],
  ['nothing', 'not-an-address'],
])('does not go to %s', async (address, reason) => {
  await expect(guarded(address)).rejects.toMatchObject({ name: 'OutgoingError', reason })
})

test.each([
  ['/round', {}, 'too-many-redirects'],
  ['/inside', {}, 'private'],
  ['/large', { mostBytes: 2000 }, 'too-large'],
  ['/slow', { timeLimitSeconds: 0.2 }, 'too-slow'],
])('gives up on %s', async (path, options, reason) => {
  await expect(open(site + path, options)).rejects.toMatchObject({ reason })
})

test('says so when nobody answers', async () => {
  const nobody = createGuardedFetch({ privateHosts: ['127.0.0.1'] })
  await expect(nobody('http://127.0.0.1:1/')).rejects.toMatchObject({ reason: 'unreachable' })
  await nobody[Symbol.asyncDispose]()
})

describe('a public address', () => {
  test.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('is %s', (one) =>
    expect(isPublicAddress(one)).toBe(true),
  )
  test.each(['10.1.2.3', '100.64.0.1', '::1', 'fd00::1', 'fe80::1', '::ffff:127.0.0.1', 'x', ''])(
    'is not %s',
    (one) => expect(isPublicAddress(one)).toBe(false),
  )
})

import { createPrivateKey } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createGuardedFetch } from '../infrastructure/outgoing/guarded-fetch.ts'
import { createActorAddresses } from './addresses.ts'
import { createReadRemote, type ReadRemote, remoteUrl } from './remote-documents.ts'
import { createRsaKey } from './signatures/test-signatures.ts'

const type = 'application/activity+json'
const asked: IncomingMessage[] = []
let answer: (request: IncomingMessage, response: ServerResponse) => void
let host = ''
let read: ReadRemote
const server = createServer((request, response) => {
  asked.push(request)
  answer(request, response)
})
const outgoing = createGuardedFetch({ privateHosts: ['127.0.0.1'] })

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { publicKey: publicPem, privateKey } = createRsaKey()
  read = createReadRemote({
    outgoing,
    addresses: createActorAddresses('blog', 'https://blog.example'),
    signingKey: async () => ({ publicPem, privateKey: createPrivateKey(privateKey) }),
    privateHosts: ['127.0.0.1'],
  })
})
afterAll(async () => {
  await outgoing[Symbol.asyncDispose]()
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked.length = 0
})

function send(document: unknown, headers: Record<string, string> = { 'content-type': type }) {
  answer = (_request, response) => response.writeHead(200, headers).end(JSON.stringify(document))
}

describe('a document of another server', () => {
  test('is asked for with a signature, since some show nothing to strangers', async () => {
    send({ id: `${host}/a`, type: 'Person' })
    expect(await read(`${host}/a`)).toMatchObject({ status: 'found', document: { type: 'Person' } })
    const headers = asked[0]?.headers
    expect(headers?.['signature']).toContain('keyId="https://blog.example/ap/blog#main-key"')
    expect(headers?.['user-agent']).toBe('RoseAsh (+https://blog.example/ap/blog)')
  })

  test('is asked for in the other way where the first signature is refused', async () => {
    answer = (request, response) => {
      const isTaken = 'signature-input' in request.headers
      response.writeHead(isTaken ? 200 : 401, { 'content-type': type }).end(`{"id":"${host}/a"}`)
    }
    expect(await read(`${host}/a`)).toMatchObject({ status: 'found' })
    expect(asked).toHaveLength(2)
  })

  test('that has moved is read there, and the signature stays behind', async () => {
    answer = (request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end()
      else response.writeHead(200, { 'content-type': type }).end(`{"id":"${host}/b"}`)
    }
    expect(await read(`${host}/a`)).toMatchObject({
      status: 'found',
      document: { id: `${host}/b` },
    })
    expect(asked.map(({ url, headers }) => [url, 'signature' in headers])).toEqual([
      ['/a', true],
      ['/a', false],
      ['/b', false],
    ])
  })

  test('that names another address of its server is read there once', async () => {
    answer = (request, response) => {
      const id = request.url === '/a' ? '/b' : '/c'
      response.writeHead(200, { 'content-type': type }).end(`{"id":"${host}${id}"}`)
    }
    expect(await read(`${host}/a`)).toMatchObject({ status: 'unusable' })
    expect(asked.map(({ url }) => url)).toEqual(['/a', '/b'])
  })

  test.each([
    ['of somebody else', { id: 'https://elsewhere.example/a' }, type],
    ['without an id', { type: 'Person' }, type],
    ['that somebody has uploaded', { id: 'here' }, 'text/plain'],
    ['that is a page', { id: 'here' }, 'text/html'],
    ['that is a list', [1], type],
  ])('%s is not believed', async (_name, document, contentType) => {
    const own = 'id' in document && document.id === 'here' ? { id: `${host}/a` } : document
    send(own, { 'content-type': contentType })
    expect(await read(`${host}/a`)).toMatchObject({ status: 'unusable' })
  })

  test('that is gone is gone, and one whose server is not well may be there later', async () => {
    for (const status of [404, 410]) {
      answer = (_request, response) => response.writeHead(status).end()
      expect(await read(`${host}/a`)).toEqual({ status: 'gone' })
    }
    for (const status of [429, 500, 503]) {
      answer = (_request, response) => response.writeHead(status).end()
      await expect(read(`${host}/a`)).rejects.toThrow(`answered ${status}`)
    }
  })

  test('is not read without end', async () => {
    send({ id: `${host}/a`, text: 'x'.repeat(1_100_000) })
    await expect(read(`${host}/a`)).rejects.toThrow('too large')
  })
})

test.each([
  'http://a.example/u',
  'https://user@a.example/u',
  'https://10.0.0.1/u',
  'https://[::1]/u',
  'https://localhost/u',
  'https://a.example:25/u',
  'ftp://a.example/u',
  `https://a.example/${'x'.repeat(1000)}`,
  'nonsense',
])('%s is no address of another server', async (uri) => {
  expect(remoteUrl(uri, [])).toBeUndefined()
  expect(await read(uri)).toMatchObject({ status: 'unusable' })
})

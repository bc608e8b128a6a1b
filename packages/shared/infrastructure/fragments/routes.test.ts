import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestShell } from '../app/test-shell.ts'
import { deriveKey } from '../keys.ts'
import { signatureHeader, signRequest } from '../security/signature.ts'
import { defineFragment } from './routes.ts'

const shell = await createTestShell({
  fragments: {
    'link-card': defineFragment(z.object({ slug: z.string() }), async ({ slug }) => {
      // What is asked for first is answered last.
      await delay(slug === 'first' ? 30 : 0)
      return `<b>${slug}</b>`
    }),
    'nav-tree': defineFragment(z.object({}), async () => {
      throw new Error('the menu is broken')
    }),
  },
})
afterAll(() => shell.close())

const key = deriveKey(shell.dependencies.config.secretKey, 'internal-signature')

interface Call {
  readonly method?: 'GET' | 'POST'
  readonly body?: string
  readonly signature?: string | undefined
}

function call(path: string, { method = 'GET', body = '', ...given }: Call = {}) {
  const signature =
    'signature' in given ? given.signature : signRequest(key, { method, path, body })
  return shell.app.inject({
    method,
    url: path,
    headers: {
      accept: 'text/html',
      ...(signature ? { [signatureHeader]: signature } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { payload: body } : {}),
  })
}

describe('an internal route', () => {
  test('gives a fragment to our own services', async () => {
    const answer = await call('/internal/fragments/link-card?slug=rye')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.body).toBe('<b>rye</b>')
  })

  const path = '/internal/fragments/link-card?slug=rye'
  const now = Date.now()
  test.each([
    ['nobody', undefined],
    ['somebody with any signature', 't=1,v1=0'],
    ['whoever signed another path', signRequest(key, { method: 'GET', path: '/', body: '' })],
    ['whoever signed another method', signRequest(key, { method: 'POST', path, body: '' })],
    [
      'whoever signed with another key',
      signRequest(Buffer.alloc(32), { method: 'GET', path, body: '' }),
    ],
    [
      'a replay after half a minute',
      signRequest(key, { method: 'GET', path, body: '' }, now - 31_000),
    ],
    ['a clock that is ahead', signRequest(key, { method: 'GET', path, body: '' }, now + 60_000)],
  ])('refuses %s', async (_who, signature) => {
    const answer = await call(path, { signature })
    expect(answer.statusCode).toBe(401)
    expect(answer.body).not.toContain('rye')
    // Programs ask here, whatever they say they read.
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  })

  test.each(['/internal/fragments', '/internal/nothing', '/internal/fragments/none'])(
    'tells strangers nothing about what there is: %s',
    async (url) => {
      for (const method of ['GET', 'POST'] as const) {
        expect((await call(url, { method, signature: undefined })).statusCode).toBe(401)
      }
    },
  )

  test('refuses a body that is not the one that was signed', async () => {
    const signature = signRequest(key, { method: 'POST', path: '/internal/fragments', body: '[]' })
    const body = '[{"type":"link-card","parameters":{"slug":"rye"}}]'
    const answer = await call('/internal/fragments', { method: 'POST', body, signature })
    expect(answer.statusCode).toBe(401)
  })
})

describe('a fragment', () => {
  test.each([
    ['that nobody serves', '/internal/fragments/cart-mini'],
    ['that there is not', '/internal/fragments/none'],
    ['named like something of JavaScript', '/internal/fragments/constructor'],
    ['named like a prototype', '/internal/fragments/__proto__'],
    ['whose parameters do not fit', '/internal/fragments/link-card'],
  ])('%s is nothing, and no error', async (_what, path) => {
    const before = shell.lines.length
    const answer = await call(path)
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
    expect(shell.lines.slice(before).filter(({ level }) => level >= 40)).toEqual([])
  })

  test('that fails is nothing, and the reason is in the log', async () => {
    const answer = await call('/internal/fragments/nav-tree')
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
    const line = shell.lines.findLast(({ level }) => level >= 50)
    expect(line).toMatchObject({ fragment: 'nav-tree', reqId: answer.headers['x-request-id'] })
    expect(JSON.stringify(line)).toContain('the menu is broken')
  })
})

describe('a batch', () => {
  test('is answered in the order in which it was asked, each in its own place', async () => {
    const slugs = ['first', 'second', 'third']
    const queries = slugs.map((slug) => ({ type: 'link-card', parameters: { slug } }))
    const html = await shell.fragments(...queries, { type: 'nav-tree' }, { type: 'none' })
    expect(html).toEqual(['<b>first</b>', '<b>second</b>', '<b>third</b>', '', ''])
  })

  test('of none is none', async () => {
    expect(await shell.fragments()).toEqual([])
  })

  test.each(['{"loaf":', '{}', '[{"type":1,"parameters":{}}]', '[{"type":"nav-tree"}]', 'null'])(
    'that is none is 400: %s',
    async (body) => {
      const answer = await call('/internal/fragments', { method: 'POST', body })
      expect(answer.statusCode).toBe(400)
    },
  )

  test('of more than anybody needs is 400', async () => {
    const body = JSON.stringify(
      Array.from({ length: 201 }, () => ({ type: 'none', parameters: {} })),
    )
    expect((await call('/internal/fragments', { method: 'POST', body })).statusCode).toBe(400)
  })
})

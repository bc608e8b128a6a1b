import { brotliDecompressSync } from 'node:zlib'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterAll, describe, expect, it } from 'vitest'
import { createBlogApp } from '../../../app.ts'

const connection = await createTestDatabase()
const app = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await app.close()
  await connection.close()
})

type Cookies = Record<string, string>
const url = '/admin/datalog/'

const { signInAs } = app

function get(address: string, cookies: Cookies = {}) {
  return app.app.inject({ url: address, cookies, headers: { accept: 'text/html' } })
}

function post(cookies: Cookies, fields: Record<string, string>, headers: object = {}) {
  return app.app.inject({
    method: 'POST',
    url,
    cookies,
    headers: {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    payload: new URLSearchParams(fields).toString(),
  })
}

describe('the playground', () => {
  it('is for people who look after the site', async () => {
    expect((await get(url)).headers['location']).toContain('/auth/login?next=')
    expect((await get(url, await signInAs())).statusCode).toBe(403)
    expect((await post({}, { program: 'p(a).' })).statusCode).toBe(401)
    expect((await post(await signInAs(), { program: 'p(a).' })).statusCode).toBe(403)
    for (const role of ['editor', 'admin']) {
      const { statusCode, body } = await get(url, await signInAs(role))
      expect(statusCode).toBe(200)
      expect(body).toContain('ancestor(X, Y) :- parent(X, Y).')
      expect(body).toContain('noindex')
    }
  })

  it('takes no program from another site', async () => {
    const cookies = await signInAs('editor')
    const answer = await post(cookies, { program: 'p(a).' }, { 'sec-fetch-site': 'cross-site' })
    expect(answer.statusCode).toBe(403)
  })

  it('begins with the example that is asked for, and with the first for one that is not there', async () => {
    const cookies = await signInAs('editor')
    const { body } = await get(`${url}?example=permissions`, cookies)
    expect(body).toMatch(/<option value="permissions"[^>]* selected/)
    expect(body).toMatch(/<textarea[^>]*>\n% Who may do what/)
    expect((await get(`${url}?example=../../package.json`, cookies)).body).toContain('% A family')
    expect((await get(`${url}?example=a&example=b`, cookies)).statusCode).toBe(200)
  })
})

describe('without scripts', () => {
  it('a program is evaluated on the server: its answers, its relations, and a question', async () => {
    const answer = await post(await signInAs('editor'), {
      program: 'edge(a, b).\r\nedge(b, "<i>").\r\npath(X, Y) :- edge(X, Y).\r\n?- path(a, X).\r\n',
      question: 'edge(X, Y), path(X, Y)',
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toMatch(/\?- path\(a, X\)\.[^]*<td >b<\/td>[^]*1 answer, \d/)
    expect(answer.body).toMatch(/<code>path<\/code>[^]*2 rows[^]*derived/)
    expect(answer.body).toContain('&quot;&lt;i&gt;&quot;')
    expect(answer.body).toContain('2 answers')
    expect(answer.body).toContain('value="edge(X, Y), path(X, Y)"')
  })

  it('what is wrong with a program is shown, each with its place', async () => {
    const cookies = await signInAs('editor')
    const answer = await post(cookies, { program: 'p(X) :- q(Y).\nr(a).\nr(a, b).' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toMatch(/problem-place">1:3 unsafe<[^]*problem-place">3:1 arity</)
    expect(answer.body).toContain('p(X) :- q(Y).')
    expect((await post(cookies, { program: 'p(a).', question: 'p(' })).statusCode).toBe(422)
    expect((await post(cookies, {})).statusCode).toBe(200)
    expect((await post(cookies, { program: 'p(a).\n'.repeat(20_000) })).statusCode).toBe(400)
  })

  it('a program that would never end is stopped, and named', async () => {
    const started = performance.now()
    const answer = await post(await signInAs('editor'), {
      program: 'n(0).\nn(Y) :- n(X), Y = X + 1.',
    })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toMatch(/problem-place">[^<]*limit</)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('the engine for browsers', () => {
  it('is the sources without their types, kept for ever', async () => {
    const { body } = await get(url, await signInAs('editor'))
    const [main = ''] = /\/assets\/datalog\/[0-9a-f]{12}\/page\/main\.js/.exec(body) ?? []
    const seen = new Set<string>()
    const waiting = [main, main.replace('main.js', 'worker.js')]
    for (let address = waiting.pop(); address; address = waiting.pop()) {
      if (seen.has(address)) continue
      seen.add(address)
      const answer = await app.app.inject({ url: address, headers: { 'accept-encoding': 'br' } })
      expect(answer.statusCode, address).toBe(200)
      expect(answer.headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'content-encoding': 'br',
        'cache-control': 'public, max-age=31536000, immutable',
      })
      const code = brotliDecompressSync(answer.rawPayload).toString()
      expect(code).not.toMatch(/^(import|export)\b[^(=]*\.ts'/m)
      for (const [, name = ''] of code.matchAll(/^(?:import|export|\})[^'(=]* from '([^']+)'/gm)) {
        waiting.push(new URL(name, `http://blog.localhost${address}`).pathname)
      }
    }
    expect([...seen].some((address) => address.endsWith('/engine/index.js'))).toBe(true)
    expect([...seen].some((address) => address.includes('command'))).toBe(false)
  })

  it('has no other files', async () => {
    for (const path of ['package.json', 'engine/index.ts', 'engine/../../x.js', '']) {
      expect((await app.app.inject(`/assets/datalog/${path}`)).statusCode).toBe(404)
    }
  })
})

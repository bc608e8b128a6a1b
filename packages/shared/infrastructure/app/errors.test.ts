import { afterAll, describe, expect, test } from 'vitest'
import {
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  UnavailableError,
} from '../../contracts/errors.ts'
import { createTestShell } from './test-shell.ts'

const secret = 'password=hunter2 at db.internal'

const shell = await createTestShell({
  routes({ app }) {
    const failing: Record<string, () => Error> = {
      '/input': () => new InvalidInputError('A loaf weighs <something>.'),
      '/forbidden': () => new ForbiddenError('This part is for bakers.'),
      '/conflict': () => new ConflictError('Somebody else was quicker.'),
      '/broken': () => new Error(secret),
      '/unavailable': () => new UnavailableError(secret),
      '/byte': () => new Error('Failed query', { cause: { code: '22021' } }),
    }
    for (const [path, error] of Object.entries(failing)) {
      app.get(path, async () => {
        throw error()
      })
    }
    app.get('/form/:id', async ({ params }) => params)
    app.post('/form', async (request) => request.body)
  },
})
afterAll(() => shell.close())

const page = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

function open(url: string, headers: Record<string, string> = page) {
  return shell.app.inject({ url, headers })
}

describe('an error', () => {
  test.each([
    ['/nowhere', 404, 'There is nothing here'],
    ['/input', 400, 'That did not fit'],
    ['/forbidden', 403, 'This is not open to you'],
    ['/conflict', 409, 'Something changed meanwhile'],
    ['/broken', 500, 'Something went wrong on our side'],
    ['/unavailable', 503, 'We are catching our breath'],
  ])('at %s is a page for a browser, with status %i', async (url, status, title) => {
    const answer = await open(url)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.body).toContain(`<h1>${title}</h1>`)
    expect(answer.body).toContain('<meta name="robots" content="noindex, nofollow">')
    expect(answer.body).toContain(`<code>${String(answer.headers['x-request-id'])}</code>`)
    // Header and footer too: a way on.
    expect(answer.body).toContain('class="site-header"')
  })

  test('is a problem document for a program (RFC 9457)', async () => {
    const answer = await open('/forbidden', { accept: 'application/json' })
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toEqual({
      status: 403,
      title: 'This is not open to you',
      detail: 'This part is for bakers.',
      instance: answer.headers['x-request-id'],
    })
  })

  test('is a problem document for whoever does not say what they read', async () => {
    const answer = await open('/nowhere', {})
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json().status).toBe(404)
  })

  test('has no body for HEAD', async () => {
    const answer = await shell.app.inject({ method: 'HEAD', url: '/nowhere', headers: page })
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toBe('')
  })

  test('shows what is said in it as text, never as markup', async () => {
    const { body } = await open('/input')
    expect(body).toContain('A loaf weighs &lt;something&gt;.')
    expect(body).not.toContain('<something>')
  })
})

describe('an error of our own making', () => {
  test.each([
    ['/broken', page],
    ['/broken', { accept: 'application/json' }],
    ['/unavailable', page],
  ])('at %s keeps its message to itself', async (url, headers) => {
    const { body } = await open(url, headers)
    expect(body).not.toContain('hunter2')
    expect(body).not.toContain('errors.test')
    expect(body).toContain('It is not your fault')
  })

  test('is logged once, in full, under the id that the visitor is shown', async () => {
    const answer = await open('/broken')
    const id = answer.headers['x-request-id']
    const lines = shell.lines.filter(({ reqId, level }) => reqId === id && level >= 50)
    expect(lines).toHaveLength(1)
    expect(JSON.stringify(lines[0])).toContain('hunter2')
  })
})

describe('an error of the visitor’s making', () => {
  test('does not wake the operator', async () => {
    const answer = await open('/input')
    const id = answer.headers['x-request-id']
    const levels = shell.lines.filter(({ reqId }) => reqId === id).map(({ level }) => level)
    expect(Math.max(...levels)).toBeLessThan(40)
  })

  test('text that PostgreSQL cannot hold is 400', async () => {
    const answer = await open('/byte')
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain('<h1>That did not fit</h1>')
    expect(answer.body).not.toContain('Failed query')
  })

  test.each([
    ['half a byte', '/%'],
    ['half a character', '/%E0%A4%A'],
    ['no character', '/%ff'],
    ['a zero byte', '/%00'],
    ['far too long', `/${'x'.repeat(9000)}`],
  ])('an address that can be nobody’s is nowhere: %s', async (_what, url) => {
    const answer = await open(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('<h1>There is nothing here</h1>')
    expect(answer.headers['content-security-policy']).toBeDefined()
  })

  test('no route is given a zero byte', async () => {
    expect((await open('/form/%00')).json()).toEqual({ id: '%00' })
    expect((await open('/form/%2500')).json()).toEqual({ id: '%00' })
    expect((await open('/form/caf%C3%A9?q=%ff')).json()).toEqual({ id: 'café' })
  })

  test('a body of a kind that nobody reads is 415', async () => {
    const answer = await shell.app.inject({
      method: 'POST',
      url: '/form',
      headers: { ...page, 'content-type': 'application/x-loaf' },
      payload: 'rye',
    })
    expect(answer.statusCode).toBe(415)
    expect(answer.body).toContain('<h1>We cannot read that kind of file</h1>')
  })

  test('JSON that is none is 400', async () => {
    const answer = await shell.app.inject({
      method: 'POST',
      url: '/form',
      headers: { 'content-type': 'application/json' },
      payload: '{"loaf":',
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().title).toBe('That did not fit')
  })

  test('a body that is too large is 413, without reading on', async () => {
    const answer = await shell.app.inject({
      method: 'POST',
      url: '/form',
      headers: { ...page, 'content-type': 'application/x-www-form-urlencoded' },
      payload: `loaf=${'x'.repeat(1_100_000)}`,
    })
    expect(answer.statusCode).toBe(413)
    expect(answer.body).toContain('<h1>That is too large</h1>')
  })
})

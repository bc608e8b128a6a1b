import { afterAll, describe, expect, test } from 'vitest'
import { type AppName, appNames } from '../../contracts/apps.ts'
import { signatureHeader } from '../security/signature.ts'
import { createTestShell, testLimits } from './test-shell.ts'

const html = { accept: 'text/html' }
const secureUrls = Object.fromEntries(
  appNames.map((app) => [app, `https://${app}.example.org`]),
) as Record<AppName, string>

const shell = await createTestShell({
  config: { limits: { ...testLimits, writesPerMinute: 3 } },
  routes({ app, page, identity }) {
    app.get('/', (request, reply) =>
      page(request, reply, { template: 'pages/error', title: 'Loaves', data: errorData }),
    )
    app.get('/device', async (request, reply) => identity.ensureVisitor(request, reply))
    app.post('/loaves', async () => ({ baked: true }))
  },
})
const secure = await createTestShell({
  config: { publicUrls: secureUrls },
  routes({ app, identity }) {
    app.get('/device', async (request, reply) => identity.ensureVisitor(request, reply))
    app.post('/loaves', async () => ({ baked: true }))
  },
})
afterAll(() => Promise.all([shell.close(), secure.close()]))

const errorData = { status: 200, title: 'Loaves', message: 'Rye', requestId: '1', path: '/' }
const stylesheet = shell.dependencies.assets.pathOf('site.css')

describe('security headers', () => {
  const addresses = [
    ['a page', '/'],
    ['an error', '/nowhere'],
    ['an asset', stylesheet],
    ['a picture that is not there', '/content/images/none.png'],
    ['the health of the process', '/health'],
    ['an internal route', '/internal/fragments/nav-item'],
  ] as const

  test.each(addresses)('are on %s', async (_what, url) => {
    const { headers } = await shell.app.inject({ url, headers: html })
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-site',
    })
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('let a page run and load what is ours and nothing else', async () => {
    const { headers } = await shell.app.inject({ url: '/', headers: html })
    const policy = String(headers['content-security-policy'])
    expect(policy).not.toMatch(/unsafe-|\*|https?:(?!\/\/\w+\.localhost\b)/)
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
  })

  test('let an answer to a program load nothing, and a page that a browser is shown there be whole', async () => {
    const url = '/internal/fragments/nav-item'
    const asked = await shell.app.inject({ url })
    const nothing = "default-src 'none';frame-ancestors 'none'"
    expect(asked.headers['content-security-policy']).toBe(nothing)
    const shown = await shell.app.inject({ url, headers: { 'sec-fetch-mode': 'navigate' } })
    expect(shown.headers['content-security-policy']).toContain("style-src 'self'")
  })

  test('ask for https for ever where there is https, and only there', async () => {
    const plain = await shell.app.inject({ url: '/nowhere', headers: html })
    expect(plain.headers['strict-transport-security']).toBeUndefined()
    const safe = await secure.app.inject({ url: '/nowhere', headers: html })
    expect(safe.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
  })
})

describe('cookies', () => {
  test('are locked to their host on https', async () => {
    const { headers } = await secure.app.inject('/device')
    expect(headers['set-cookie']).toMatch(
      /^__Host-device=.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(headers['set-cookie']).not.toMatch(/Domain/i)
  })

  test('can be kept by a browser on http://*.localhost', async () => {
    const { headers } = await shell.app.inject('/device')
    expect(headers['set-cookie']).toMatch(/^device=.+; Path=\/; HttpOnly; SameSite=Lax$/)
  })
})

describe('a form', () => {
  const post = (headers: Record<string, string>) =>
    secure.app.inject({ method: 'POST', url: '/loaves', headers: { ...html, ...headers } })

  test('of the page itself is taken', async () => {
    const own = { origin: 'https://market.example.org' }
    expect((await post(own)).statusCode).toBe(200)
    expect((await post({ ...own, 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200)
  })

  test.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a sibling of ours', { origin: 'https://blog.example.org', 'sec-fetch-site': 'same-site' }],
    [
      'a stranger with a header of ours',
      { origin: 'https://evil.example', [signatureHeader]: '1' },
    ],
  ])('of %s changes nothing and says so', async (_who, headers) => {
    const answer = await post(headers)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('This form was sent from another site')
  })
})

describe('the limit on writes', () => {
  const bake = (headers: Record<string, string> = {}) =>
    shell.app.inject({ method: 'POST', url: '/loaves', headers: { ...html, ...headers } })

  test('asks kindly to wait, says how long, and lets reading go on', async () => {
    for (let loaf = 0; loaf < 3; loaf += 1) expect((await bake()).statusCode).toBe(200)
    const answer = await bake()
    expect(answer.statusCode).toBe(429)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.body).toContain('<h1>A little slower, please</h1>')
    expect(answer.body).toContain('Please try again in 1 minute')
    expect((await shell.app.inject({ url: '/', headers: html })).statusCode).toBe(200)
  })

  test('counts whoever puts a header of ours on', async () => {
    expect((await bake({ [signatureHeader]: 't=1,v1=0' })).statusCode).toBe(429)
  })

  test('is each network’s own', async () => {
    const answer = await shell.app.inject({
      method: 'POST',
      url: '/loaves',
      headers: html,
      remoteAddress: '203.0.113.7',
    })
    expect(answer.statusCode).toBe(200)
  })

  test('does not believe an address that anybody could write', async () => {
    expect((await bake({ 'x-forwarded-for': '203.0.113.9' })).statusCode).toBe(429)
  })
})

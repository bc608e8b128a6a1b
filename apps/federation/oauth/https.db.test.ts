import { createTestApp, type TestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFederationApp } from '../app.ts'

const publicUrls = {
  blog: 'https://blog.example',
  market: 'https://market.example',
  events: 'https://events.example',
  cart: 'https://cart.example',
  account: 'https://account.example',
  federation: 'https://federation.example',
}

let connection: Awaited<ReturnType<typeof createTestDatabase>>
let federation: TestApp
beforeAll(async () => {
  connection = await createTestDatabase()
  federation = await createTestApp({
    app: 'federation',
    create: createFederationApp,
    connection,
    config: { publicUrls },
  })
})
afterAll(async () => {
  await federation.close()
  await connection.close()
})

const parameters = new URLSearchParams({
  client_id: 'blog',
  response_type: 'code',
  scope: 'openid',
  redirect_uri: 'https://blog.example/auth/callback',
  state: 'state',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
})

test('behind a proxy that speaks https outside and http inside, every cookie is a secure one', async () => {
  // Whatever the proxy says of host and protocol, and whoever else says it.
  const answer = await federation.app.inject({
    url: `/oauth/authorize?${parameters.toString()}`,
    headers: { host: 'elsewhere.example', 'x-forwarded-host': 'elsewhere.example' },
  })
  expect(answer.statusCode).toBe(303)
  const names = answer.cookies.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['__Host-device', '__Secure-interaction', '__Secure-resume']),
  )
  for (const cookie of answer.cookies) {
    expect(cookie).toMatchObject({
      secure: true,
      httpOnly: true,
      sameSite: expect.stringMatching(/lax/i),
    })
    expect(cookie).not.toHaveProperty('domain')
  }
})

test('addresses are the issuer’s', async () => {
  const answer = await federation.app.inject({
    url: '/.well-known/openid-configuration',
    headers: { host: 'elsewhere.example', 'x-forwarded-proto': 'http' },
  })
  expect(answer.json()).toMatchObject({
    issuer: 'https://federation.example',
    token_endpoint: 'https://federation.example/oauth/token',
  })
  expect(answer.body).not.toContain('elsewhere')
  expect(answer.body).not.toContain('http://')
})

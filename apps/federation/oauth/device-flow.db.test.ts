import { randomUUID } from 'node:crypto'
import type { Visited, Visitor } from '@rose-ash/testing/visitor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registerParty, type RelyingParty } from '../test-relying-party.ts'
import { startWorld, type World } from '../test-world.ts'

let world: World
let party: RelyingParty
beforeAll(async () => {
  world = await startWorld({ clients: ['blog'] })
  party = await registerParty(world, { kind: 'device', name: 'The terminal' })
})
afterAll(() => world[Symbol.asyncDispose]())

const page = () => `${world.urls.federation}/oauth/device/code`
const xsrfOf = ({ body }: Visited) => /name="xsrf" value="([^"]+)"/.exec(body)?.[1] ?? ''

async function begin() {
  const { status, body } = await party.post('/oauth/device', { scope: 'openid email' })
  expect(status).toBe(200)
  return { deviceCode: String(body['device_code']), userCode: String(body['user_code']), body }
}

const poll = (deviceCode: string) =>
  party.token({
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: deviceCode,
  })

/** Types the code into the page, and presses a button on the next. */
async function type(visitor: Visitor, userCode: string) {
  const form = await visitor.open(page())
  return visitor.submit(page(), { xsrf: xsrfOf(form), user_code: userCode })
}

async function press(visitor: Visitor, shown: Visited, button: 'confirm' | 'abort') {
  const userCode = /name="user_code" value="([^"]+)"/.exec(shown.body)?.[1] ?? ''
  return visitor.submit(page(), { xsrf: xsrfOf(shown), user_code: userCode, [button]: 'yes' })
}

async function signedIn() {
  const visitor = world.visitor()
  await world.signIn(visitor, { app: 'blog', email: `${randomUUID()}@example.org` })
  return visitor
}

describe('a device without a browser (RFC 8628)', () => {
  test('shows eight letters in two groups, and where to type them', async () => {
    const { body } = await begin()
    expect(body).toMatchObject({
      user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
      verification_uri: page(),
      verification_uri_complete: `${page()}?user_code=${String(body['user_code'])}`,
      expires_in: 900,
      interval: 5,
    })
  })

  test('waits, is let in by somebody who signs in for it, and gets its tokens once', async () => {
    const { deviceCode, userCode } = await begin()
    expect((await poll(deviceCode)).body['error']).toBe('authorization_pending')
    const visitor = world.visitor()
    const email = `${randomUUID()}@example.org`
    const confirm = await type(visitor, userCode.toLowerCase().replace('-', ' '))
    expect(confirm.body).toContain('The terminal')
    expect(confirm.body).toContain(userCode)
    const signIn = await press(visitor, confirm, 'confirm')
    expect(signIn.url.pathname).toMatch(/^\/sign-in\//)
    await visitor.submit(signIn.url.href, { email })
    const link = new URL(await world.linkIn(email))
    const consent = await visitor.submit(link.origin + link.pathname, {
      token: link.searchParams.get('token')!,
    })
    expect(consent.body).toContain('Let The terminal in?')
    expect((await poll(deviceCode)).body['error']).toBe('authorization_pending')
    const done = await visitor.submit(consent.url.href, { answer: 'yes' })
    expect(done.body).toContain('Your device is connected')

    const tokens = await poll(deviceCode)
    expect(tokens.status).toBe(200)
    const info = await party.userinfo(String(tokens.body['access_token']))
    expect(info.body).toMatchObject({ email })
    const refreshed = await party.token({
      grant_type: 'refresh_token',
      refresh_token: String(tokens.body['refresh_token']),
    })
    expect(refreshed.status).toBe(200)
    // Shown again it has leaked: nothing that came of it is good any more.
    expect((await poll(deviceCode)).body['error']).toBe('invalid_grant')
    expect((await party.userinfo(String(refreshed.body['access_token']))).status).toBe(401)
  })

  test('the address with the code fills the field, and does nothing else', async () => {
    const { deviceCode, userCode } = await begin()
    const visitor = await signedIn()
    const opened = await visitor.open(`${page()}?user_code=${userCode}`)
    expect(opened.body).toContain(`value="${userCode}"`)
    expect((await poll(deviceCode)).body['error']).toBe('authorization_pending')
  })

  test('is told when the member says no, and the code is spent', async () => {
    const { deviceCode, userCode } = await begin()
    const visitor = await signedIn()
    const confirm = await type(visitor, userCode)
    const cancelled = await press(visitor, confirm, 'abort')
    expect(cancelled.body).toContain('Nothing was connected')
    expect((await poll(deviceCode)).body['error']).toBe('access_denied')
    expect((await type(visitor, userCode)).body).toContain('has been used already')
  })

  test.each([
    ['BBBB-BBBB', 'No device is waiting with this code'],
    ['', 'Please type the code'],
  ])('“%s” gets a sentence, and the form again', async (code, text) => {
    const answered = await type(await signedIn(), code)
    expect(answered.status).toBe(422)
    expect(answered.body).toContain(text)
  })

  test('a code that is too old is no longer good, for either side', async () => {
    const { deviceCode, userCode } = await begin()
    await world.connection.pool.query(
      `update oidc_payloads set payload = payload || '{"exp": 1000000000}' where type = 'DeviceCode'`,
    )
    expect((await type(await signedIn(), userCode)).body).toContain('too old')
    expect((await poll(deviceCode)).body['error']).toBe('expired_token')
  })

  test('nobody can try codes until one fits', async () => {
    const visitor = await signedIn()
    const statuses: number[] = []
    for (let turn = 0; turn < 12; turn += 1) {
      statuses.push((await type(visitor, 'BBBB-BBBB')).status)
    }
    expect(statuses.at(0)).toBe(422)
    expect(statuses.at(-1)).toBe(429)
  })

  test('nobody can have a form sent for somebody: it needs what the page gave', async () => {
    const { deviceCode, userCode } = await begin()
    const visitor = await signedIn()
    await visitor.open(page())
    const forged = await visitor.submit(page(), {
      xsrf: 'made-up',
      user_code: userCode,
      confirm: 'yes',
    })
    expect(forged.body).not.toContain('connected')
    const crossSite = { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://x.example' } }
    const sent = await visitor.submit(page(), { user_code: userCode, confirm: 'yes' }, crossSite)
    expect(sent.status).toBe(403)
    expect((await poll(deviceCode)).body['error']).toBe('authorization_pending')
  })
})

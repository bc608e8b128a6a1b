import { randomUUID } from 'node:crypto'
import type { Visited, Visitor } from '@rose-ash/testing/visitor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parametersOf, registerParty, type RelyingParty } from '../test-relying-party.ts'
import { startWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog'] })
})
afterAll(() => world[Symbol.asyncDispose]())

const stop = () => world.app('federation').app.close()
const start = () => world.restart('federation')

/** Somebody presses a button while nobody is there to hear it. */
async function expectNoAnswer(visit: Promise<Visited>): Promise<void> {
  await expect(visit).rejects.toThrow('ECONNREFUSED')
}

async function member(): Promise<{ visitor: Visitor; email: string }> {
  const visitor = world.visitor()
  const email = `${randomUUID()}@example.org`
  await world.signIn(visitor, { app: 'blog', email })
  return { visitor, email }
}

/** Elsewhere nothing is lost: one page, without a detour, and it knows them. */
async function expectKnownAtBlog({ visitor, email }: Awaited<ReturnType<typeof member>>) {
  const visited = await visitor.open(`${world.urls.blog}/page`)
  expect(visited.path).toHaveLength(1)
  expect(visited.body).toContain(email)
}

describe('when the federation service dies while an app of somebody else is being let in', () => {
  test('the page that asks goes on where it was once the service is back', async () => {
    const who = await member()
    const party = await registerParty(world)
    const until = (url: URL) => url.href.startsWith(party.redirectUri)
    const asked = await who.visitor.open(party.authorizationUrl())
    expect(asked.body).toContain('Let A reading list in?')
    await stop()
    await expectNoAnswer(who.visitor.submit(asked.url.href, { answer: 'yes' }, { until }))
    await expectKnownAtBlog(who)

    await start()
    expect((await who.visitor.open(asked.url.href)).body).toContain('Let A reading list in?')
    const agreed = await who.visitor.submit(asked.url.href, { answer: 'yes' }, { until })
    const answer = parametersOf(agreed)
    expect(answer.get('state')).toBe('a state')
    expect((await party.redeem(answer.get('code')!)).status).toBe(200)
  })

  test('what was agreed to counts, though the way back was cut off', async () => {
    const who = await member()
    const party = await registerParty(world)
    const until = (url: URL) => url.href.startsWith(party.redirectUri)
    const asked = await who.visitor.open(party.authorizationUrl())
    const agreed = await who.visitor.submit(asked.url.href, { answer: 'yes' }, { follows: false })
    await stop()
    const onward = new URL(agreed.location!, asked.url).href
    await expectNoAnswer(who.visitor.open(onward, { until }))
    await expectKnownAtBlog(who)

    await start()
    const answer = parametersOf(await who.visitor.open(onward, { until }))
    // Nor is a code lost that was given just before.
    await world.restart('federation')
    expect((await party.redeem(answer.get('code')!)).status).toBe(200)
    expect((await party.redeem(answer.get('code')!)).body['error']).toBe('invalid_grant')
    // Coming back that way once more ends on a page, not in a circle.
    const late = await who.visitor.open(onward, { until })
    expect(late.path.length).toBeLessThan(4)
    expect(late.status).toBe(400)
  })
})

describe('when the federation service dies while a device is being connected', () => {
  const page = () => `${world.urls.federation}/oauth/device/code`
  const fieldOf = ({ body }: Visited, name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(body)?.[1] ?? ''

  async function begin(party: RelyingParty) {
    const { body } = await party.post('/oauth/device', { scope: 'openid' })
    const [deviceCode, userCode] = [String(body['device_code']), String(body['user_code'])]
    const poll = () =>
      party.token({
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: deviceCode,
      })
    return { userCode, poll }
  }

  test('the device goes on asking, and the member goes on at each step', async () => {
    const who = await member()
    const { visitor } = who
    const party = await registerParty(world, { kind: 'device', name: 'The terminal' })
    const { userCode, poll } = await begin(party)
    const form = await visitor.open(page())

    await stop()
    await expect(poll()).rejects.toThrow('fetch failed')
    await expectNoAnswer(visitor.open(page()))
    await expectKnownAtBlog(who)
    await start()
    expect((await poll()).body['error']).toBe('authorization_pending')
    const typed = { xsrf: fieldOf(form, 'xsrf'), user_code: userCode }
    const confirm = await visitor.submit(page(), typed)
    expect(confirm.body).toContain('The terminal')

    await world.restart('federation')
    const pressed = { xsrf: fieldOf(confirm, 'xsrf'), user_code: userCode, confirm: 'yes' }
    const consent = await visitor.submit(page(), pressed)
    expect(consent.body).toContain('Let The terminal in?')

    await world.restart('federation')
    const done = await visitor.submit(consent.url.href, { answer: 'yes' })
    expect(done.body).toContain('Your device is connected')

    await world.restart('federation')
    expect((await poll()).status).toBe(200)
    expect((await poll()).body['error']).toBe('invalid_grant')
    await expectKnownAtBlog(who)
  })

  test('a page that is opened again after that starts with the code, and ends', async () => {
    const { visitor } = await member()
    const party = await registerParty(world, { kind: 'device', name: 'The terminal' })
    const { userCode, poll } = await begin(party)
    const form = await visitor.open(page())
    const typed = { xsrf: fieldOf(form, 'xsrf'), user_code: userCode }
    await visitor.submit(page(), typed)
    await world.restart('federation')
    const again = await visitor.open(page())
    expect(again.path).toHaveLength(1)
    const confirm = await visitor.submit(page(), { ...typed, xsrf: fieldOf(again, 'xsrf') })
    const pressed = { xsrf: fieldOf(confirm, 'xsrf'), user_code: userCode, abort: 'yes' }
    expect((await visitor.submit(page(), pressed)).body).toContain('Nothing was connected')
    expect((await poll()).body['error']).toBe('access_denied')
  })
})

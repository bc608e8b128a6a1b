import { createSession, type TestSession } from '@rose-ash/testing/sign-in'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createTestAuthenticator,
  type TestAuthenticator,
} from '../../services/passkeys/test-authenticator.ts'
import { startWorld, type World } from '../../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog'] })
})
afterAll(() => world[Symbol.asyncDispose]())

const newMember = (options: { email?: string; authenticatedAt?: Date } = {}) =>
  createSession({ connection: world.connection, app: 'federation', ...options })

const authenticator = () => createTestAuthenticator(world.urls.federation)

function ask(member: Pick<TestSession, 'cookie'>, url: string, payload?: object) {
  const headers = { cookie: member.cookie, accept: 'text/html' }
  const { app } = world.app('federation')
  return payload
    ? app.inject({ method: 'POST', url, headers, payload })
    : app.inject({ url, headers })
}

async function add(member: TestSession, passkey: TestAuthenticator, at = {}) {
  const options = (await ask(member, '/passkeys/options', {})).json()
  return ask(member, '/passkeys/', { credential: passkey.create(options, at) })
}

async function begin() {
  const visitor = world.visitor()
  const page = await visitor.open(`${world.urls.blog}/auth/login?next=/page`)
  const cookie = visitor.cookies.headerFor(page.url)
  const post = (path: string, payload: object = {}) =>
    ask({ cookie }, `${page.url.pathname}/passkey${path}`, payload)
  return { visitor, page, post, options: async () => (await post('/options')).json() }
}

async function signIn(passkey: TestAuthenticator, at = {}) {
  const trip = await begin()
  const answer = await trip.post('', { credential: passkey.get(await trip.options(), at) })
  return { ...trip, answer }
}

describe('adding a passkey', () => {
  test('keeps it, shows it, and tells its owner by mail', async () => {
    const member = await newMember()
    expect((await ask(member, '/passkeys/')).body).toContain('You have none yet.')
    const options = (await ask(member, '/passkeys/options', {})).json()
    expect(options).toMatchObject({
      rp: { id: 'federation.localhost' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
      pubKeyCredParams: [{ alg: -8 }, { alg: -7 }, { alg: -257 }],
    })
    expect((await add(member, authenticator())).statusCode).toBe(201)
    expect((await ask(member, '/passkeys/')).body).toContain('Not used yet')
    const [mail] = await world.mailbox.sentTo(member.user.email)
    expect(mail?.subject).toContain('A new passkey')
  })

  test('needs somebody who has just shown who they are', async () => {
    const member = await newMember({ authenticatedAt: new Date(Date.now() - 301_000) })
    const page = await ask(member, '/passkeys/')
    expect(page.headers.location).toBe('/auth/login?next=%2Fpasskeys%2F&fresh=1')
    expect((await ask(member, '/passkeys/options', {})).statusCode).toBe(401)
    expect((await ask({ cookie: '' }, '/passkeys/options', {})).statusCode).toBe(401)
    const late = await ask(member, '/passkeys/remove', { passkey: 'any' })
    expect(late.headers.location).toBe('/auth/login?next=/passkeys/&fresh=1')
  })

  test.each([
    ['of another page', { origin: 'http://blog.localhost' }],
    ['for another host', { rpId: 'localhost' }],
    ['with certificates that nobody has asked for', { format: 'fido-u2f' }],
  ])('one %s is refused', async (_what, at) => {
    const member = await newMember()
    expect((await add(member, authenticator(), at)).statusCode).toBe(400)
    expect((await ask(member, '/passkeys/')).body).toContain('You have none yet.')
  })

  test('an answer is good once, and only for whom it was asked', async () => {
    const [member, other] = [await newMember(), await newMember()]
    const options = (await ask(member, '/passkeys/options', {})).json()
    const credential = authenticator().create(options)
    expect((await ask(other, '/passkeys/', { credential })).statusCode).toBe(400)
    expect((await ask(member, '/passkeys/', { credential })).statusCode).toBe(201)
    expect((await ask(member, '/passkeys/', { credential })).statusCode).toBe(400)
    expect((await ask(member, '/passkeys/', { credential: 'nonsense' })).statusCode).toBe(400)
  })

  test('one that somebody has is not taken over', async () => {
    const [member, other] = [await newMember(), await newMember()]
    const passkey = authenticator()
    await add(member, passkey)
    expect((await add(other, passkey)).statusCode).toBe(409)
    const { visitor, answer } = await signIn(passkey)
    const back = await visitor.open(answer.json().location)
    expect(back.body).toContain(member.user.email)
  })

  test('twenty are enough, also when the last two come at once', async () => {
    const member = await newMember()
    await world.connection.pool.query(
      `insert into passkeys (id, user_id, public_key, counter, transports, name, is_backed_up)
       select $1 || n, $1::uuid, '', 0, '{}', 'One of many', false from generate_series(1, 19) n`,
      [member.user.id],
    )
    const members = [member, await newMember({ email: member.user.email })]
    const answers = await Promise.all(
      members.map(async (each) => {
        const options = (await ask(each, '/passkeys/options', {})).json()
        return { each, credential: authenticator().create(options) }
      }),
    )
    const added = await Promise.all(
      answers.map(({ each, credential }) => ask(each, '/passkeys/', { credential })),
    )
    expect(added.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
    expect(added.filter(({ statusCode }) => statusCode === 409)).toHaveLength(1)
    expect((await ask(member, '/passkeys/options', {})).statusCode).toBe(409)
  })

  test('nobody renames or removes one of somebody else', async () => {
    const [member, other] = [await newMember(), await newMember()]
    const passkey = authenticator()
    await add(member, passkey)
    const form = { passkey: passkey.id, name: 'Mine now' }
    expect((await ask(other, '/passkeys/rename', form)).statusCode).toBe(404)
    expect((await ask(other, '/passkeys/remove', form)).statusCode).toBe(404)
    expect((await ask(member, '/passkeys/rename', form)).statusCode).toBe(303)
    const blank = { ...form, name: ' \u200b ' }
    expect((await ask(member, '/passkeys/rename', blank)).statusCode).toBe(400)
    expect((await ask(member, '/passkeys/')).body).toContain('Mine now')
    expect((await ask(member, '/passkeys/remove', form)).statusCode).toBe(303)
    const [mail] = await world.mailbox.sentTo(member.user.email)
    expect(mail?.subject).toBe('A passkey was removed')
    expect((await signIn(passkey)).answer.statusCode).toBe(400)
  })
})

describe('signing in with a passkey', () => {
  async function withPasskey() {
    const member = await newMember()
    const passkey = authenticator()
    await add(member, passkey)
    return { member, passkey }
  }

  test('leads back to the page, signed in, and says how', async () => {
    const { member, passkey } = await withPasskey()
    const { visitor, answer } = await signIn(passkey)
    expect(answer.statusCode).toBe(200)
    const back = await visitor.open(answer.json().location)
    expect(back.url.href).toBe(`${world.urls.blog}/page`)
    expect(back.body).toContain(member.user.email)
  })

  test('tells of no account: its options list no passkeys', async () => {
    const { options } = await begin()
    expect(await options()).not.toHaveProperty('allowCredentials')
  })

  test.each([
    ['another page', { origin: 'http://blog.localhost' }],
    ['another host', { rpId: 'localhost' }],
    ['another member', { userHandle: Buffer.alloc(16).toString('base64url') }],
  ])('an answer made for %s is refused', async (_what, at) => {
    const { passkey } = await withPasskey()
    const { answer } = await signIn(passkey, at)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toContain('did not fit')
  })

  test('an answer is good once, and only in the window that asked', async () => {
    const { passkey } = await withPasskey()
    const [one, other] = [await begin(), await begin()]
    const credential = passkey.get(await one.options())
    await other.options()
    expect((await other.post('', { credential })).statusCode).toBe(400)
    expect((await one.post('', { credential })).statusCode).toBe(200)
    const again = await begin()
    await again.options()
    expect((await again.post('', { credential })).statusCode).toBe(400)
  })

  test('a stranger’s browser cannot finish it', async () => {
    const { passkey } = await withPasskey()
    const { page, options } = await begin()
    const credential = passkey.get(await options())
    const url = `${page.url.pathname}/passkey`
    expect((await ask({ cookie: '' }, url, { credential })).statusCode).toBe(410)
  })

  test('a passkey that counts back has been copied, and is refused', async () => {
    const { passkey } = await withPasskey()
    passkey.counter = 9
    expect((await signIn(passkey)).answer.statusCode).toBe(200)
    passkey.counter = 9
    const { answer } = await signIn(passkey)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toContain('copy')
  })

  test('one that does not count goes on working', async () => {
    const { passkey } = await withPasskey()
    passkey.counter = 0
    expect((await signIn(passkey)).answer.statusCode).toBe(200)
    expect((await signIn(passkey)).answer.statusCode).toBe(200)
  })
})

// The last one: the mail server does not come back.
test('a mail server that is down undoes nothing', async () => {
  await world.mailbox.stop()
  const member = await newMember()
  const passkey = authenticator()
  expect((await add(member, passkey)).statusCode).toBe(201)
  expect((await signIn(passkey)).answer.statusCode).toBe(200)
})

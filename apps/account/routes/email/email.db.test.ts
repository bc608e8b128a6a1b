import { randomUUID } from 'node:crypto'
import { createTestApp, type TestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { startTestMailbox, type TestMailbox } from '@rose-ash/testing/mailbox'
import { createSession, type TestSession } from '@rose-ash/testing/sign-in'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccountApp } from '../../app.ts'

let connection: Awaited<ReturnType<typeof createTestDatabase>>
let mailbox: TestMailbox
let account: TestApp
beforeAll(async () => {
  connection = await createTestDatabase()
  mailbox = await startTestMailbox()
  account = await createTestApp({
    app: 'account',
    create: createAccountApp,
    connection,
    config: { smtpUrl: mailbox.smtpUrl },
  })
})
afterAll(async () => {
  await account.close()
  await mailbox[Symbol.asyncDispose]()
  await connection.close()
})

const newAddress = () => `${randomUUID()}@example.org`
const newMember = (options: { authenticatedAt?: Date } = {}) =>
  createSession({ connection, app: 'account', ...options })

type Asker = Pick<TestSession, 'cookie'> & { readonly app?: TestApp['app'] }

function ask({ cookie, app = account.app }: Asker, url: string, form?: Record<string, string>) {
  const headers = { cookie, accept: 'text/html' }
  if (!form) return app.inject({ url, headers })
  return app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })
}

const request = (member: TestSession, email: string) => ask(member, '/details/email/', { email })

async function tokenIn(email: string): Promise<string> {
  const [mail] = await mailbox.sentTo(email)
  const link = mail?.links.find((url) => url.includes('/details/email/confirm'))
  return link ? (new URL(link).searchParams.get('token') ?? '') : ''
}

const confirm = (member: Pick<TestSession, 'cookie'>, token: string) =>
  ask(member, '/details/email/confirm', { token })

const emailOf = async ({ user }: TestSession) =>
  (await account.dependencies.services.account.findUser(user.id))?.email

/** As if half a minute had gone by. */
const wait = () =>
  connection.pool.query(`update email_changes set expires_at = expires_at - interval '31 seconds'`)

test('an address is changed by the link in the mail to it, and the one before is told', async () => {
  const member = await newMember()
  const email = newAddress()
  expect((await request(member, email)).body).toContain(email)
  const token = await tokenIn(email)
  const opened = await ask(member, `/details/email/confirm?token=${token}`)
  expect(opened.body).toContain('Use this address?')
  expect(await emailOf(member)).toBe(member.user.email)
  expect((await confirm(member, token)).statusCode).toBe(303)
  expect(await emailOf(member)).toBe(email)
  expect((await ask(member, '/details/')).body).toContain(email)
  const [notice] = await mailbox.sentTo(member.user.email)
  expect(notice?.subject).toContain('has changed')
  expect((await confirm(member, token)).statusCode).toBe(410)
})

test('it takes a sign-in of the last five minutes', async () => {
  const member = await newMember({ authenticatedAt: new Date(Date.now() - 301_000) })
  const page = await ask(member, '/details/email/')
  expect(page.headers.location).toContain('fresh=1')
  expect((await request(member, newAddress())).statusCode).toBe(401)
  expect((await ask({ cookie: '' }, '/details/email/')).headers.location).toContain('/auth/login')
})

test.each([
  ['no address', 'nonsense', 422],
  ['nothing', '', 422],
])('%s is refused where it was typed', async (_what, email, status) => {
  const answer = await request(await newMember(), email)
  expect(answer.statusCode).toBe(status)
  expect(answer.body).toContain('does not look like an email address')
})

test('somebody else’s address gets the same answer, and a mail that says so', async () => {
  const [member, other] = [await newMember(), await newMember()]
  expect((await request(member, other.user.email)).statusCode).toBe(200)
  const [mail] = await mailbox.sentTo(other.user.email)
  expect(mail?.text).toContain('an account of its own already')
  expect(await tokenIn(other.user.email)).toBe('')
})

test('a link is for the member who asked, for fifteen minutes, and only the newest', async () => {
  const [member, other] = [await newMember(), await newMember()]
  const [first, second] = [newAddress(), newAddress()]
  await request(member, first)
  await wait()
  await request(member, second)
  expect((await confirm(member, await tokenIn(first))).statusCode).toBe(410)
  expect((await confirm(other, await tokenIn(second))).statusCode).toBe(410)
  expect((await confirm(member, 'made-up')).statusCode).toBe(410)
  await connection.pool.query('update email_changes set expires_at = now() where user_id = $1', [
    member.user.id,
  ])
  expect((await confirm(member, await tokenIn(second))).statusCode).toBe(410)
  expect(await emailOf(member)).toBe(member.user.email)
})

test('of two who want the same address one gets it', async () => {
  const [one, other] = [await newMember(), await newMember()]
  const email = newAddress()
  await request(one, email)
  const tokenOfOne = await tokenIn(email)
  await request(other, email)
  const answers = await Promise.all([
    confirm(one, tokenOfOne),
    confirm(other, await tokenIn(email)),
  ])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 409])
})

test('mails are limited: one in half a minute, five an hour', async () => {
  const member = await newMember()
  expect((await request(member, newAddress())).statusCode).toBe(200)
  expect((await request(member, newAddress())).statusCode).toBe(429)
  for (let turn = 0; turn < 4; turn += 1) {
    await wait()
    expect((await request(member, newAddress())).statusCode).toBe(200)
  }
  await wait()
  const sixth = await request(member, newAddress())
  expect(sixth.statusCode).toBe(429)
  expect(sixth.body).toContain('within an hour')
})

test('a link that a newer one took the place of stays useless when the newer one is used', async () => {
  const member = await newMember()
  const [first, second] = [newAddress(), newAddress()]
  await request(member, first)
  await wait()
  await request(member, second)
  const token = await tokenIn(second)
  const answers = await Promise.all([confirm(member, token), confirm(member, token)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 410])
  expect(
    (await ask(member, `/details/email/confirm?token=${await tokenIn(first)}`)).statusCode,
  ).toBe(410)
  expect((await confirm(member, await tokenIn(first))).statusCode).toBe(410)
  expect(await emailOf(member)).toBe(second)
  expect((await request(member, newAddress())).statusCode).toBe(429)
})

test('while no mail goes out, it is as if nobody had asked', async () => {
  const member = await newMember()
  const [first, second] = [newAddress(), newAddress()]
  await request(member, first)
  await wait()
  const cutOff = await createTestApp({ app: 'account', create: createAccountApp, connection })
  for (let turn = 0; turn < 2; turn += 1) {
    const answer = await ask({ ...member, app: cutOff.app }, '/details/email/', { email: second })
    expect(answer.statusCode).toBe(503)
    expect(answer.body).toContain('Our mail is not going out')
  }
  await cutOff.close()
  expect((await request(member, second)).statusCode).toBe(200)
  expect((await confirm(member, await tokenIn(second))).statusCode).toBe(303)
})

test('a database that fails is not taken for an address that has an account', async () => {
  const member = await newMember()
  const email = newAddress()
  await request(member, email)
  await connection.pool.query(
    `alter table users add constraint broken check (email <> '${email}') not valid`,
  )
  expect((await confirm(member, await tokenIn(email))).statusCode).toBe(500)
  await connection.pool.query('alter table users drop constraint broken')
  expect((await confirm(member, await tokenIn(email))).statusCode).toBe(303)
})

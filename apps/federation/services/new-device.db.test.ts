import { randomUUID } from 'node:crypto'
import { UnavailableError } from '@rose-ash/shared/contracts/errors'
import { startWork } from '@rose-ash/shared/infrastructure/app/work'
import type { NoticeMail } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startWorld, type World } from '../test-world.ts'
import { sendNewDeviceMail } from './new-device-mail.ts'

let world: World
let work: AsyncDisposable
beforeAll(async () => {
  world = await startWorld({ clients: ['blog'] })
  const federation = world.app('federation')
  work = await startWork(federation, federation.dependencies)
})
afterAll(async () => {
  await work[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

const newDeviceMails = async (email: string) =>
  (await world.mailbox.sentTo(email)).filter(({ subject }) => subject.includes('A new device'))

test('a sign-in is kept with browser, address, country and method', async () => {
  const visitor = world.visitor()
  const email = `${randomUUID()}@example.org`
  await world.signIn(visitor, { app: 'blog', email })
  const { rows } = await world.connection.pool.query(
    `select browser, address, country, method from logins join users on users.id = user_id where email = $1`,
    [email],
  )
  expect(rows).toEqual([
    {
      browser: 'Firefox on Linux',
      address: expect.stringMatching(/^198\.51\./),
      country: expect.stringMatching(/^([A-Z]{2})?$/),
      method: 'email',
    },
  ])
})

test('a browser that is new to a member is told of once, the first and known ones are not', async () => {
  const email = `${randomUUID()}@example.org`
  const [laptop, phone] = [world.visitor(), world.visitor()]
  await world.signIn(laptop, { app: 'blog', email })
  await laptop.submit(`${world.urls.blog}/auth/logout`, {}, { follows: false })
  await world.signIn(laptop, { app: 'blog', email })
  await world.signIn(phone, { app: 'blog', email })
  await vi.waitFor(async () => expect(await newDeviceMails(email)).toHaveLength(1), 10_000)
  const [mail] = await newDeviceMails(email)
  expect(mail?.text).toContain('Firefox on Linux')
  expect(mail?.text).toMatch(/198\.51\.\d+\.\d+/)
  expect(mail?.text).toContain('/devices/')
  await phone.submit(`${world.urls.blog}/auth/logout`, {}, { follows: false })
  await world.signIn(phone, { app: 'blog', email })
  const { rows } = await world.connection.pool.query(
    `select count(*)::int as count from ap_activities where type = 'SignIn' and payload ? 'newDevice'`,
  )
  expect(rows).toEqual([{ count: 1 }])
}, 30_000)

test('its mail is tried again when it was not taken, and goes out though the sign-in has ended', async () => {
  const { config, connection, services } = world.app('federation').dependencies
  const user = await services.account.ensureUser(`${randomUUID()}@example.org`)
  const mails: NoticeMail[] = []
  const isDown = [true]
  const options = {
    config,
    database: connection.database,
    account: services.account,
    async sendMail(mail: NoticeMail) {
      if (isDown.pop()) throw new UnavailableError('The mail server did not take the mail.')
      mails.push(mail)
    },
  }
  const job = {
    userId: user.id,
    loginId: 'ended',
    browser: 'Safari on iPad',
    country: 'NL',
    signedInAt: '2026-07-01T21:30:00.000Z',
  }
  await expect(sendNewDeviceMail(options, job)).rejects.toThrow(UnavailableError)
  await sendNewDeviceMail(options, job)
  await sendNewDeviceMail(options, { ...job, userId: randomUUID() })
  expect(mails).toMatchObject([
    {
      to: user.email,
      facts: ['Wednesday, 1 July 2026, 22:30 (Europe/London)', 'Safari on iPad', 'Netherlands'],
    },
  ])
})

test('accounts of a browser are offered at its next sign-in, and can be forgotten', async () => {
  const visitor = world.visitor()
  const email = `${randomUUID()}@example.org`
  await world.signIn(visitor, { app: 'blog', email })
  await visitor.submit(`${world.urls.blog}/auth/logout`, {}, { follows: false })
  const page = await visitor.open(`${world.urls.blog}/auth/login`)
  expect(page.body).toContain(`<span>${email}</span>`)
  const stranger = await world.visitor().open(`${world.urls.blog}/auth/login`)
  expect(stranger.body).not.toContain(email)
  const user = /name="user" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const after = await visitor.submit(`${page.url.origin}${page.url.pathname}/forget`, { user })
  expect(after.body).not.toContain(email)
})

import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPage } from '@rose-ash/testing/factories/page'
import { createSession } from '@rose-ash/testing/sign-in'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccountApp } from '../../app.ts'

const connection = await createTestDatabase()
const account = await createTestApp({ app: 'account', create: createAccountApp, connection })
afterAll(async () => {
  await account.close()
  await connection.close()
})

const { grantRole } = account.dependencies.services.account
type SignedIn = Awaited<ReturnType<typeof account.signIn>>
type Cookies = Record<string, string>

let ada: SignedIn
let ben: SignedIn
beforeEach(async () => {
  await emptyTables(connection.pool, 'users')
  ada = await account.signIn('ada@example.org')
  ben = await account.signIn('ben@example.org')
  await grantRole({ userId: ada.user.id, role: 'admin', container: null })
})

const accept = 'text/html'

function open(cookies: Cookies, url = '/roles/') {
  return account.app.inject({ url, cookies, headers: { accept } })
}

function send(action: 'give' | 'take-away', form: Cookies, cookies: Cookies = ada.cookies) {
  return account.app.inject({
    method: 'POST',
    url: `/roles/${action}`,
    headers: { accept, 'content-type': 'application/x-www-form-urlencoded' },
    cookies,
    payload: new URLSearchParams(form).toString(),
  })
}

const give = (role: string, page = '', email = 'ben@example.org') =>
  send('give', { email, role, page })

const takeAway = ({ user }: SignedIn, role: string, page = '') =>
  send('take-away', { user: user.id, role, page })

async function grants(): Promise<readonly string[]> {
  const { rows } = await connection.pool.query(
    `select email, role, container_id from role_grants join users on users.id = user_id
     order by email, role, container_id`,
  )
  return rows.map(({ email, role, container_id: id }) => [email, role, id].join(' ').trim())
}

const before = ['ada@example.org admin']

describe('the page of roles', () => {
  test('is for those who may give roles', async () => {
    const page = await createPage(connection.database)
    await grantRole({ userId: ben.user.id, role: 'editor', container: null })
    await grantRole({
      userId: ben.user.id,
      role: 'market',
      container: { type: 'page', id: page.id },
    })
    const grantsNow = await grants()
    const form = { user: ada.user.id, email: 'ben@example.org', role: 'admin', page: '' }
    expect((await open({})).headers.location).toBe('/auth/login?next=%2Froles%2F')
    expect((await open(ben.cookies)).statusCode).toBe(403)
    for (const action of ['give', 'take-away'] as const) {
      expect((await send(action, form, {})).statusCode).toBe(401)
      expect((await send(action, form, ben.cookies)).statusCode).toBe(403)
    }
    expect(await grants()).toEqual(grantsNow)
    expect((await open(ada.cookies)).statusCode).toBe(200)
  })

  test('asks who is there when the sign-in was long ago, and changes nothing before', async () => {
    const authenticatedAt = new Date(Date.now() - 6 * 60_000)
    const { session } = await createSession({
      connection,
      app: 'account',
      email: 'ada@example.org',
      authenticatedAt,
    })
    const form = { email: 'ben@example.org', role: 'editor', page: '' }
    expect((await open({ session })).headers.location).toBe('/auth/login?next=%2Froles%2F&fresh=1')
    const late = await send('give', form, { session })
    expect([late.statusCode, late.headers.location]).toEqual([
      303,
      '/auth/login?next=/roles/&fresh=1',
    ])
    expect(late.cookies.map(({ name }) => name)).toContain('notices')
    expect(await grants()).toEqual(before)
  })

  test('is in the menu of those who may open it', async () => {
    expect((await open(ada.cookies, '/details/')).body).toContain('href="/roles/"')
    expect((await open(ben.cookies, '/details/')).body).not.toContain('href="/roles/"')
  })

  test('says who has which role, what it allows and where', async () => {
    const { body } = await open(ada.cookies)
    expect(body).toContain('Nobody but you has a role yet.')
    const page = await createPage(connection.database, { title: 'The <mill>' })
    await grantRole({
      userId: ben.user.id,
      role: 'events',
      container: { type: 'page', id: page.id },
    })
    const then = (await open(ada.cookies)).body
    expect(then).toContain('Everything, and giving roles to others')
    expect(then).toContain('ben@example.org</span> <span>Calendars and bookings</span>')
    expect(then).toContain('On the page “The &lt;mill&gt;”')
    expect(then).not.toContain('Nobody but you')
  })
})

describe('a role', () => {
  test('counts from the next click, given or taken away', async () => {
    expect((await open(ben.cookies)).statusCode).toBe(403)
    const given = await give('admin', '', ' BEN@example.org ')
    expect([given.statusCode, given.headers.location]).toEqual([303, '/roles/'])
    expect((await open(ben.cookies)).statusCode).toBe(200)
    expect((await takeAway(ben, 'admin')).headers.location).toBe('/roles/')
    expect((await open(ben.cookies)).statusCode).toBe(403)
    expect(await grants()).toEqual(before)
  })

  test('is given for one page by its address, and taken away there', async () => {
    const { id, slug } = await createPage(connection.database)
    expect((await give('market', ` /${slug}/ `)).statusCode).toBe(303)
    expect(await grants()).toEqual([...before, `ben@example.org market ${id}`])
    await takeAway(ben, 'market')
    expect(await grants()).toHaveLength(2)
    await takeAway(ben, 'market', id)
    expect(await grants()).toEqual(before)
  })

  test.each([
    ['no address', { email: 'ben', role: 'editor', page: '' }, 'email-error">Please type'],
    ['nobody', { email: 'x@example.org', role: 'editor', page: '' }, 'email-error">Nobody has'],
    ['no role', { email: 'ben@example.org', page: '' }, 'role-error">Please choose'],
    ['an unknown role', { email: 'ben@example.org', role: 'king' }, 'role-error">Please choose'],
    [
      'no page',
      { email: 'ben@example.org', role: 'editor', page: '<x>' },
      'page-error">There is no',
    ],
  ])('is not given to, or as, %s', async (_what, form, error) => {
    const answer = await send('give', form)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(error)
    expect(answer.body).toContain(`value="${form.email}"`)
    expect(await grants()).toEqual(before)
  })

  test('of the whole site is not given for a page', async () => {
    const { slug } = await createPage(connection.database)
    const answer = await give('operator', slug)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('page-error">Operator is for the whole site')
    expect(answer.body).toMatch(/value="operator" required checked/)
    expect(await grants()).toEqual(before)
  })

  test('of the last who may give roles stays, and that is said', async () => {
    const answer = await takeAway(ada, 'admin')
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('Nobody would be left who may give roles')
    expect(await grants()).toEqual(before)
  })

  test('can be laid down by who holds it, when another is there', async () => {
    await give('admin')
    expect((await takeAway(ada, 'admin')).headers.location).toBe('/')
    expect(await grants()).toEqual(['ben@example.org admin'])
  })

  test.each([{}, { user: 'x', role: 'admin', page: '' }, { role: 'admin', page: '' }])(
    'is not taken away by a form that is not ours: %j',
    async (form) => {
      expect((await send('take-away', form)).statusCode).toBe(404)
      expect(await grants()).toEqual(before)
    },
  )
})

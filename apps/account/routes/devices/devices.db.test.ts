import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccountApp } from '../../app.ts'

const connection = await createTestDatabase()
const account = await createTestApp({ app: 'account', create: createAccountApp, connection })
afterAll(async () => {
  await account.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'users'))

type Cookies = Record<string, string>
const html = { accept: 'text/html' }

async function list(cookies: Cookies) {
  const { statusCode, body } = await account.app.inject({
    url: '/devices/',
    headers: html,
    cookies,
  })
  const ids = [...body.matchAll(/name="device" value="([^"]+)"/g)].map(([, id]) => id!)
  return { status: statusCode, body, ids }
}

function end(device: string, cookies: Cookies) {
  return account.app.inject({
    method: 'POST',
    url: '/devices/sign-out',
    headers: {
      ...html,
      origin: 'http://account.localhost',
      'content-type': 'application/x-www-form-urlencoded',
    },
    cookies,
    payload: new URLSearchParams({ device }).toString(),
  })
}

/** The id of the sign-in that this browser came with. */
async function loginOf(cookies: Cookies): Promise<string> {
  const { body } = await list(cookies)
  const current = body.split('This one')[1] ?? ''
  return /name="device" value="([^"]+)"/.exec(current)?.[1] ?? ''
}

describe('the list of devices', () => {
  test('has each sign-in once, and says which is this one', async () => {
    const phone = await account.signIn('ada@example.org')
    await account.signIn('ada@example.org')
    await account.signIn('bo@example.org')
    const { ids, body } = await list(phone.cookies)
    expect(ids).toHaveLength(2)
    expect(body.match(/This one/g)).toHaveLength(1)
    expect(body).toContain('<form method="post" action="/auth/logout">')
    // Buttons of the same name are told apart by whoever only hears them.
    expect(
      body.match(/Sign out<span class="visually-hidden"> (on this device|where you)/g),
    ).toHaveLength(2)
    expect(body).toContain('account')
  })

  test('has a sign-in that has reached only apps of others, until the server forgets it', async () => {
    const { user, cookies } = await account.signIn('ada@example.org')
    await connection.pool.query(
      `insert into logins (id, user_id, device_id, app, browser, created_at)
       values ('elsewhere', $1, 'tablet', 'federation', 'Safari on iPad', now() - interval '1 day')`,
      [user.id],
    )
    expect((await list(cookies)).ids).toHaveLength(1)
    await connection.pool.query(
      `insert into client_apps (id, owner_id, name, kind, redirect_uris, post_logout_redirect_uris)
       values ('reading', $1, 'A <b>reading</b> list', 'web', '{}', '{}')`,
      [user.id],
    )
    await connection.pool.query(
      `insert into oidc_payloads (type, id_hash, login_id, expires_at, payload)
       values ('Session', 'x', 'elsewhere', now() + interval '1 day',
         '{"authorizations": {"reading": {"sid": "y"}, "gone": {"sid": "z"}}}')`,
    )
    const { ids, body } = await list(cookies)
    expect(ids).toHaveLength(2)
    expect(ids[1]).toBe('elsewhere')
    expect(body).toContain('Safari on iPad')
    expect(body).toContain('<span>A &lt;b&gt;reading&lt;/b&gt; list</span>')
    expect((await end('elsewhere', cookies)).statusCode).toBe(303)
    const { rows } = await connection.pool.query('select from oidc_payloads')
    expect(rows).toEqual([])
  })

  test('leaves out what is over', async () => {
    const phone = await account.signIn('ada@example.org')
    await account.signIn('ada@example.org')
    const login = await loginOf(phone.cookies)
    await connection.pool.query(
      `update sessions set expires_at = now() - interval '1 second' where login_id <> $1`,
      [login],
    )
    expect((await list(phone.cookies)).ids).toEqual([login])
  })
})

describe('ending a sign-in', () => {
  test('on another device works at once, and leaves this one', async () => {
    const phone = await account.signIn('ada@example.org')
    const laptop = await account.signIn('ada@example.org')
    expect((await list(laptop.cookies)).status).toBe(200)
    const answer = await end(await loginOf(laptop.cookies), phone.cookies)
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/devices/')
    expect((await list(laptop.cookies)).status).toBe(303)
    expect((await list(phone.cookies)).ids).toHaveLength(1)
  })

  test('of somebody else is not possible, and does not tell that there is one', async () => {
    const ada = await account.signIn('ada@example.org')
    const bo = await account.signIn('bo@example.org')
    const others = await end(await loginOf(bo.cookies), ada.cookies)
    const nobodys = await end('no such sign-in', ada.cookies)
    expect([others.statusCode, nobodys.statusCode]).toEqual([404, 404])
    expect(others.body.includes('signed out already')).toBe(true)
    expect((await list(bo.cookies)).status).toBe(200)
  })

  test.each(['', 'x'.repeat(300), "' or 1=1 --"])(
    'of nothing changes nothing: %.9j',
    async (id) => {
      const { cookies } = await account.signIn('ada@example.org')
      expect((await end(id, cookies)).statusCode).toBe(404)
      expect((await list(cookies)).ids).toHaveLength(1)
    },
  )

  test('twice says that it is done', async () => {
    const phone = await account.signIn('ada@example.org')
    const laptop = await account.signIn('ada@example.org')
    const login = await loginOf(laptop.cookies)
    await end(login, phone.cookies)
    expect((await end(login, phone.cookies)).statusCode).toBe(404)
  })
})

describe('signing out of many at once', () => {
  const post = (path: string, cookies: Cookies) =>
    account.app.inject({ method: 'POST', url: path, headers: html, cookies })

  test('everywhere else leaves this one, and other members', async () => {
    const here = await account.signIn('ada@example.org')
    const there = await account.signIn('ada@example.org')
    const other = await account.signIn('bo@example.org')
    expect((await post('/devices/sign-out-others', here.cookies)).statusCode).toBe(303)
    expect((await list(here.cookies)).ids).toHaveLength(1)
    expect((await list(there.cookies)).status).toBe(303)
    expect((await list(other.cookies)).ids).toHaveLength(1)
  })

  test('everywhere ends this one too, and leads to where nobody need be', async () => {
    const here = await account.signIn('ada@example.org')
    const there = await account.signIn('ada@example.org')
    const answer = await post('/devices/sign-out-all', here.cookies)
    expect(answer.headers.location).toBe('http://blog.localhost/')
    for (const { cookies } of [here, there]) expect((await list(cookies)).status).toBe(303)
  })
})

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

let member: Awaited<ReturnType<typeof account.signIn>>
beforeEach(async () => {
  await emptyTables(connection.pool, 'users')
  member = await account.signIn('baker@example.org')
})

function save(payload: string) {
  return account.app.inject({
    method: 'POST',
    url: '/details/',
    headers: {
      accept: 'text/html',
      origin: 'http://account.localhost',
      'content-type': 'application/x-www-form-urlencoded',
    },
    cookies: member.cookies,
    payload,
  })
}

const rename = (displayName: string) => save(new URLSearchParams({ displayName }).toString())

async function nameNow(): Promise<string> {
  const { rows } = await connection.pool.query('select display_name from users')
  return rows[0].display_name
}

describe('a name', () => {
  test('is saved, said so once, and known at once everywhere', async () => {
    const before = { accept: 'text/html' }
    await account.app.inject({ url: '/', headers: before, cookies: member.cookies })
    const answer = await rename('Ada of the mill')
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/details/')
    const notices = answer.cookies.map(({ name, value }) => [name, value])
    const cookies = { ...member.cookies, ...Object.fromEntries(notices) }
    const { body } = await account.app.inject({ url: '/details/', headers: before, cookies })
    expect(body).toContain('Your name is saved.')
    expect(body).toContain('value="Ada of the mill"')
  })

  test.each([
    ['letters with accents', 'Zoë Åström', 'Zoë Åström'],
    ['another script', '山田 花子', '山田 花子'],
    ['markup, which is text', '<b>Ada</b>', '<b>Ada</b>'],
    ['space around it and within', '  Ada \n\t of  the mill ', 'Ada of the mill'],
    ['80 letters', 'x'.repeat(80), 'x'.repeat(80)],
    ['80 emoji', '🌾'.repeat(80), '🌾'.repeat(80)],
  ])('may have %s', async (_what, typed, kept) => {
    expect((await rename(typed)).statusCode).toBe(303)
    expect(await nameNow()).toBe(kept)
  })

  test.each([
    ['nothing', ''],
    ['space only', ' \u00a0 '],
    ['nothing that can be seen', '\u200b\u2060'],
    ['81 letters', 'x'.repeat(81)],
    ['81 emoji', '🌾'.repeat(81)],
    ['a zero byte', 'Ada\0'],
    ['a letter that turns the line around', 'Ada\u202eada'],
  ])('may not be %s', async (_what, typed) => {
    const answer = await rename(typed)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toMatch(
      /aria-invalid="true"\s+aria-describedby="display-name-hint display-name-error"/,
    )
    expect(answer.body).toMatch(/id="display-name-error">A name has/)
    expect(await nameNow()).toBe('baker')
  })

  test('that was refused is still there to be put right, as text', async () => {
    const { body } = await rename(`"><script>${'x'.repeat(90)}`)
    expect(body).toContain('value="&quot;&gt;&lt;script&gt;x')
    expect(body).not.toContain('<script>x')
  })

  test.each(['', 'displayName=a&displayName=b', 'name=Ada', 'displayName[x]=a'])(
    'is asked for again when the form is not ours: %j',
    async (payload) => {
      expect((await save(payload)).statusCode).toBe(422)
      expect(await nameNow()).toBe('baker')
    },
  )

  test('of somebody is not changed by a form on another site', async () => {
    const answer = await account.app.inject({
      method: 'POST',
      url: '/details/',
      headers: { accept: 'text/html', 'sec-fetch-site': 'same-site' },
      cookies: member.cookies,
      payload: { displayName: 'Mallory' },
    })
    expect(answer.statusCode).toBe(403)
    expect(await nameNow()).toBe('baker')
  })
})

describe('mails about comments', () => {
  const choose = (payload: string, headers: Record<string, string> = {}) =>
    account.app.inject({
      method: 'POST',
      url: '/details/mails',
      headers: {
        accept: 'text/html',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      cookies: member.cookies,
      payload,
    })
  const checked = async () => {
    const headers = { accept: 'text/html' }
    const page = await account.app.inject({ url: '/details/', headers, cookies: member.cookies })
    return ['answers', 'comments'].filter((name) =>
      new RegExp(`name="${name}" value="yes"\\s+checked`).test(page.body),
    )
  }

  test('are wanted until a member says otherwise, and again when they say so', async () => {
    expect(await checked()).toEqual(['answers', 'comments'])
    expect((await choose('')).headers.location).toBe('/details/')
    expect(await checked()).toEqual([])
    for (const one of ['answers', 'comments']) {
      await choose(`${one}=yes`)
      expect(await checked()).toEqual([one])
    }
    await choose('answers=yes&comments=yes')
    expect(await checked()).toEqual(['answers', 'comments'])
  })

  test('are not switched off by a form on another site, or one that is not ours', async () => {
    expect((await choose('', { 'sec-fetch-site': 'same-site' })).statusCode).toBe(403)
    expect((await choose('comments=maybe')).statusCode).toBe(400)
    expect(await checked()).toEqual(['answers', 'comments'])
  })
})

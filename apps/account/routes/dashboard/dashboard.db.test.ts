import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createProfile, createUser } from '@rose-ash/testing/factories/member'
import { createPage } from '@rose-ash/testing/factories/page'
import { afterAll, describe, expect, test } from 'vitest'
import { createAccountApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const account = await createTestApp({ app: 'account', create: createAccountApp, connection })
afterAll(async () => {
  await account.close()
  await connection.close()
})

const html = { accept: 'text/html' }

describe('whoever is not signed in', () => {
  test.each(['/', '/details/', '/devices/', '/details/?from=mail&a=b'])(
    'is led to sign in and back to %s',
    async (url) => {
      const answer = await account.app.inject({ url, headers: html })
      expect(answer.statusCode).toBe(303)
      const location = new URL(String(answer.headers.location), 'http://account.localhost')
      expect(location.pathname).toBe('/auth/login')
      expect(location.searchParams.get('next')).toBe(url)
    },
  )

  test('gets an error where a page cannot be sent elsewhere', async () => {
    const program = await account.app.inject({ url: '/', headers: { accept: 'application/json' } })
    expect(program.statusCode).toBe(401)
    for (const url of ['/details/', '/devices/sign-out']) {
      const form = await account.app.inject({ method: 'POST', url, headers: html })
      expect(form.statusCode).toBe(401)
      expect(form.body).toContain('<h1>Please sign in</h1>')
    }
  })

  test('is whoever has a session that was made up', async () => {
    const cookies = { session: 'x'.repeat(43) }
    const answer = await account.app.inject({ url: '/', headers: html, cookies })
    expect(answer.statusCode).toBe(303)
  })
})

describe('the dashboard', () => {
  test('says what there is of somebody new', async () => {
    const { cookies } = await account.signIn('new@example.org')
    const { body } = await account.app.inject({ url: '/', headers: html, cookies })
    expect(body).toContain('<h1>Hello, new</h1>')
    expect(body).toContain('There is nothing in it.')
    expect(body).toContain('You have no public profile.')
    expect(body).toContain('You are signed in on 1 device.')
    expect(body).toContain('Nothing is planned just now.')
    expect(body).toContain('<meta name="robots" content="noindex, nofollow">')
    expect(body).toContain('<a href="/" aria-current="page">')
  })

  test('names the roles that somebody has, and where they count', async () => {
    const user = await createUser(database, { email: 'ed@example.org', roles: ['editor'] })
    const container = await createPage(database, { title: 'Bread <school>' })
    await account.dependencies.services.account.grantRole({
      userId: user.id,
      role: 'events',
      container: { type: 'page', id: container.id },
    })
    const { cookies } = await account.signIn('ed@example.org')
    const { body } = await account.app.inject({ url: '/', headers: html, cookies })
    expect(body).toContain('Your roles')
    expect(body).toContain('<b>Editor</b>: Posts, pages and their types.')
    expect(body).toContain('On the whole site')
    expect(body).toContain('<b>Events</b>: Calendars and bookings.')
    expect(body).toContain('On the page “Bread &lt;school&gt;”')
  })

  test('says nothing of roles to whoever has none', async () => {
    const { cookies } = await account.signIn('none@example.org')
    const { body } = await account.app.inject({ url: '/', headers: html, cookies })
    expect(body).not.toContain('Your roles')
  })

  test('shows a profile, and a name as text', async () => {
    const displayName = '<b>Ada</b> & "co"'
    const user = await createUser(database, { email: 'ada@example.org', displayName })
    await createProfile(database, { userId: user.id, username: 'ada', displayName })
    const { cookies } = await account.signIn('ada@example.org')
    const { body } = await account.app.inject({ url: '/', headers: html, cookies })
    expect(body).toContain('<h1>Hello, &lt;b&gt;Ada&lt;/b&gt; &amp; &quot;co&quot;</h1>')
    expect(body).toContain('href="http://federation.localhost/@ada"')
    expect(body).not.toContain('<b>Ada</b>')
  })
})

describe('the menu of an account', () => {
  const ask = async (userId?: string) => {
    const parameters: Record<string, string> = userId ? { userId } : {}
    const [menu = ''] = await account.fragments({ type: 'auth-menu', parameters })
    return menu
  }

  test('leads strangers to sign in', async () => {
    const menu = await ask()
    expect(menu).toContain('href="/auth/login">Sign in</a>')
    expect(menu).not.toContain('Sign out')
  })

  test('knows a member by name, and has a way out on whichever app shows it', async () => {
    const user = await createUser(database, { displayName: '🌾 Bo <i>', email: 'bo@example.org' })
    await createProfile(database, { userId: user.id, username: 'bo' })
    const menu = await ask(user.id)
    expect(menu).toContain('🌾 Bo &lt;i&gt;')
    expect(menu).toMatch(/class="avatar[^>]*>🌾</)
    expect(menu).toContain('<form method="post" action="/auth/logout">')
    expect(menu).toContain('href="http://federation.localhost/@bo"')
    expect(menu).not.toContain('Import posts')
  })

  test('leads editors to their tools', async () => {
    const user = await createUser(database, { roles: ['editor'] })
    const menu = await ask(user.id)
    expect(menu).toContain('href="http://blog.localhost/admin/import"')
    expect(menu).toContain('href="http://blog.localhost/admin/datalog/"')
  })

  test('takes an account that is gone for a stranger, and what is no id for a mistake', async () => {
    expect(await ask('00000000-0000-4000-8000-000000000000')).toContain('Sign in')
    expect(await ask('no id')).toBe('')
  })
})

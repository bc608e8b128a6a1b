import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createProfile, createUser } from '@rose-ash/testing/factories/member'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createFederationApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const federation = await createTestApp({
  app: 'federation',
  create: createFederationApp,
  connection,
})
afterAll(async () => {
  await federation.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'users'))

async function get(url: string, cookies: Record<string, string> = {}) {
  const answer = await federation.app.inject({ url, headers: { accept: 'text/html' }, cookies })
  return { status: answer.statusCode, body: answer.body }
}

describe('the list of members', () => {
  test('says so when nobody shows themselves', async () => {
    await createUser(database, { displayName: 'Unseen' })
    const { status, body } = await get('/')
    expect(status).toBe(200)
    expect(body).toContain('Nobody shows themselves yet')
    expect(body).not.toContain('Unseen')
  })

  test('has those who show themselves, by name, and never their address', async () => {
    const user = await createUser(database, { email: 'secret@example.org' })
    await createProfile(database, { userId: user.id, username: 'Mill', displayName: 'The mill' })
    await createProfile(database, { username: 'bakery', summary: 'Bread <daily>.' })
    const { body } = await get('/')
    expect([...body.matchAll(/<p class="item-meta">@(\w+)/g)].map(([, name]) => name)).toEqual([
      'bakery',
      'Mill',
    ])
    expect(body).toContain('Bread &lt;daily&gt;.')
    expect(body).not.toContain('secret@')
  })
})

describe('a member’s page', () => {
  test('shows who they are, as text', async () => {
    await createProfile(database, {
      username: 'bakery',
      displayName: '🍞 <b>Bakery</b>',
      summary: '<script>alert(1)</script>',
      createdAt: new Date('2026-03-05T12:00:00Z'),
    })
    const { status, body } = await get('/@bakery')
    expect(status).toBe(200)
    expect(body).toContain('<h1>🍞 &lt;b&gt;Bakery&lt;/b&gt;</h1>')
    expect(body).toContain('@bakery@federation.localhost')
    expect(body).toMatch(/class="avatar avatar-large"[^>]*>🍞</)
    expect(body).toContain('March 2026')
    expect(body).not.toContain('<script>alert')
    expect(body).toContain('rel="canonical" href="http://federation.localhost/@bakery"')
  })

  test('is found whatever the case, at one address', async () => {
    await createProfile(database, { username: 'Bakery' })
    for (const url of ['/@Bakery', '/@bakery', '/@BAKERY/']) {
      const { status, body } = await get(url)
      expect(status).toBe(200)
      expect(body).toContain('rel="canonical" href="http://federation.localhost/@Bakery"')
    }
  })

  test('leads its owner, and nobody else, to their details', async () => {
    const { user, cookies } = await federation.signIn('ada@example.org')
    await createProfile(database, { userId: user.id, username: 'ada' })
    const other = await federation.signIn('bo@example.org')
    expect((await get('/@ada', cookies)).body).toContain('http://account.localhost/details/')
    expect((await get('/@ada', other.cookies)).body).not.toContain('/details/')
    expect((await get('/@ada')).body).not.toContain('/details/')
  })

  test.each(['/@nobody', '/@', '/@%00', "/@'--", '/@bakery%40example.org', '/bakery'])(
    'is not there for a name that nobody has: %s',
    async (url) => {
      await createProfile(database, { username: 'bakery' })
      expect((await get(url)).status).toBe(404)
    },
  )
})

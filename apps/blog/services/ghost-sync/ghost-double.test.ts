import { createGuardedFetch } from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import { startGhostSite } from '@rose-ash/testing/ghost/ghost-site'
import { readGhostRows } from '@rose-ash/testing/ghost/read-fixture'
import { afterAll, expect, test } from 'vitest'
import { readFixture } from '../ghost/test-export.ts'
import { createGhostAdminClient } from './ghost-admin-client.ts'
import { createGhostContentClient } from './ghost-content-client.ts'
import type { GhostResource, GhostRow } from './ghost-reader.ts'

const site = await startGhostSite({
  tables: {
    ...readFixture('ghost-6.65.0-sqlite-export.json'),
    members: readGhostRows('admin-api/members.json', 'members'),
  },
})
const outgoing = createGuardedFetch({ privateHosts: [site.host] })
const admin = createGhostAdminClient({ outgoing, siteUrl: site.url, key: site.adminKey })
const content = createGhostContentClient({ outgoing, siteUrl: site.url, key: site.contentKey })
afterAll(async () => {
  await outgoing[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
})

/** What depends on the request that was captured, on the clock, or on nothing that is read. */
const others = new Set(
  `count reading_time excerpt plaintext roles mobiledoc email_subject newsletter last_seen
  monthly_price_id yearly_price_id comments`.split(/\s+/),
)

/** A row with its addresses as of the site of this test, without what is left aside. */
function comparable(row: GhostRow | Record<string, unknown>): unknown {
  const text = JSON.stringify(row, (key, value: unknown) => {
    if (others.has(key)) return undefined
    // The list of tiers has seconds, the tiers of posts have parts of them.
    if (key.endsWith('_at') && typeof value === 'string') return value.replace(/\.\d+/, '.000')
    return value ?? undefined
  })
  // Where readers come from, which a real site adds to links that lead elsewhere.
  const bare = text.replace(/\/?\?ref=127\.0\.0\.1/g, '')
  return JSON.parse(bare.replaceAll('http://127.0.0.1:2368', site.url))
}

test.each<[GhostResource, string]>([
  ['posts', 'admin-api/posts.page1.json'],
  ['pages', 'admin-api/pages.json'],
  ['tags', 'admin-api/tags.json'],
  ['users', 'admin-api/users.json'],
  ['newsletters', 'admin-api/newsletters.json'],
  ['members', 'admin-api/members.json'],
])('the Admin API of the double gives %s as a real one does', async (resource, file) => {
  const { rows } = await admin.readPage(resource)
  for (const captured of readGhostRows(file, resource)) {
    const row = rows.find(({ id }) => id === captured['id'])
    const { tiers: _tiers, ...rest } = comparable(row ?? {}) as Record<string, unknown>
    const { tiers: _others, ...wanted } = comparable(captured) as Record<string, unknown>
    expect(rest).toEqual(wanted)
  }
})

test.each<[GhostResource, string, string]>([
  ['posts', 'content-api/posts.page2.json', 'posts'],
  ['pages', 'content-api/pages.page1.json', 'pages'],
  ['tags', 'content-api/tags.json', 'tags'],
  ['users', 'content-api/authors.json', 'authors'],
])('the Content API of the double gives %s as a real one does', async (resource, file, name) => {
  const { rows } = await content.readPage(resource)
  for (const captured of readGhostRows(file, name)) {
    const row = rows.find(({ id }) => id === captured['id'])
    const { tiers: _tiers, ...rest } = comparable(row ?? {}) as Record<string, unknown>
    const { tiers: _others, ...wanted } = comparable(captured) as Record<string, unknown>
    expect(rest).toEqual(wanted)
  }
})

test('tiers have the keys that a real site gives them', async () => {
  for (const [reader, file] of [
    [admin, 'admin-api/tiers.json'],
    [content, 'content-api/tiers.json'],
  ] as const) {
    const { rows } = await reader.readPage('tiers')
    for (const captured of readGhostRows(file, 'tiers')) {
      const row = rows.find(({ id }) => id === captured['id']) ?? {}
      expect(Object.keys(row).toSorted()).toEqual(Object.keys(captured).toSorted())
    }
  }
})

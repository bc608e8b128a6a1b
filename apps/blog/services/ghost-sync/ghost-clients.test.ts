import { createGuardedFetch } from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import { startGhostSite } from '@rose-ash/testing/ghost/ghost-site'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { letters } from '../ghost/test-export.ts'
import { createGhostAdminClient } from './ghost-admin-client.ts'
import { createGhostContentClient } from './ghost-content-client.ts'
import { GhostSiteError } from './ghost-site-error.ts'
import { readSiteUrl } from './open-site.ts'
import { readAll } from './read-changes.ts'

const many = Array.from({ length: 230 }, () => ({}))
const site = await startGhostSite({ tables: letters(...many), folder: '/blog' })
const outgoing = createGuardedFetch({ privateHosts: [site.host, '127.0.0.1:9'] })
const access = { outgoing, siteUrl: site.url, pauseSeconds: 0.01 }
const admin = (key = site.adminKey) => createGhostAdminClient({ ...access, key })
const content = (key = site.contentKey) => createGhostContentClient({ ...access, key })
beforeEach(() => {
  site.requests.length = 0
  site.troubles.length = 0
})
afterAll(async () => {
  await outgoing[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
})

async function failure(work: Promise<unknown>): Promise<GhostSiteError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(GhostSiteError)
  return error as GhostSiteError
}

describe('a site', () => {
  it.each([
    ['admin', admin()],
    ['content', content()],
  ])('of any size is read page by page, also in a folder: %s', async (_name, reader) => {
    const ids = new Set<string>()
    for await (const rows of readAll(reader, 'posts')) for (const { id } of rows) ids.add(id)
    expect(ids.size).toBe(230)
    expect(site.requests).toHaveLength(3)
    expect(await reader.site()).toMatchObject({ url: site.url, title: 'Pebble & Tide' })
  })

  it('that has no such post says so without an error', async () => {
    expect(await admin().find('posts', 'f'.repeat(24))).toBeUndefined()
    expect(await content().find('posts', 'f'.repeat(24))).toBeUndefined()
  })

  it('that is busy is asked again when it says, and given up in the end', async () => {
    site.troubles.push(
      { status: 429, retryAfter: '0' },
      { status: 503, retryAfter: 'Thu, 01 Jan 1970 00:00:00 GMT' },
    )
    expect((await admin().readPage('tags')).rows).toHaveLength(1)
    site.troubles.push(...Array.from({ length: 5 }, () => ({ status: 500 })))
    expect(await failure(admin().readPage('tags'))).toMatchObject({
      reason: 'busy',
      isPassing: true,
    })
    expect(site.troubles).toEqual([])
  })

  it('that does not answer is told apart from one that is no Ghost', async () => {
    const dead = createGhostAdminClient({
      ...access,
      siteUrl: 'http://127.0.0.1:9',
      key: site.adminKey,
    })
    expect(await failure(dead.readPage('posts'))).toMatchObject({ reason: 'unreachable' })
    const elsewhere = createGhostAdminClient({
      ...access,
      siteUrl: `http://${site.host}/elsewhere`,
      key: site.adminKey,
    })
    const error = await failure(elsewhere.readPage('posts'))
    expect(error).toMatchObject({ reason: 'not-ghost', isPassing: false })
    expect(error.message).toContain('there is no Ghost that answers (404)')
  })

  it('that leads elsewhere is not followed with a key in hand', async () => {
    site.troubles.push({ status: 301 })
    expect((await failure(admin().readPage('posts'))).reason).toBe('not-ghost')
  })

  it('on a private address is not asked', async () => {
    const guarded = createGuardedFetch()
    const inside = createGhostAdminClient({ ...access, outgoing: guarded, key: site.adminKey })
    expect(await failure(inside.readPage('posts'))).toMatchObject({ reason: 'bad-address' })
    expect(site.requests).toEqual([])
    await guarded[Symbol.asyncDispose]()
  })
})

describe('a key', () => {
  it('that is not taken is an error that says where to find it, and never what it is', async () => {
    const secret = 'ab'.repeat(32)
    for (const [reader, reason] of [
      [admin(`${'5a'.repeat(12)}:${secret}`), 'bad-key'],
      [admin(`${'00'.repeat(12)}:${secret}`), 'bad-key'],
      [content('ab'.repeat(13)), 'bad-key'],
    ] as const) {
      const error = await failure(reader.readPage('posts'))
      expect(error.reason).toBe(reason)
      expect(JSON.stringify([error.message, error.stack])).not.toContain('abab')
    }
    expect(site.requests).toHaveLength(3)
  })

  it('of another form is refused before anything is asked', () => {
    for (const key of ['', 'abc', 'ab'.repeat(13), `${'5a'.repeat(12)}:xyz`]) {
      expect(() => admin(key)).toThrow('That is no Admin API key.')
    }
    expect(() => content(site.adminKey)).toThrow('That is no Content API key.')
  })

  it('that may not read something says what', async () => {
    const body = { errors: [{ message: 'No permission', type: 'NoPermissionError' }] }
    site.troubles.push({ status: 403, body: JSON.stringify(body) })
    const error = await failure(admin().readPage('members'))
    expect(error).toMatchObject({ reason: 'forbidden' })
    expect(error.message).toContain('(No permission)')
  })
})

describe('an address', () => {
  it.each([
    ['pebble.example', 'https://pebble.example'],
    [' https://pebble.example/ ', 'https://pebble.example'],
    ['https://pebble.example/ghost/#/settings', 'https://pebble.example'],
    ['http://pebble.example:2368/blog/ghost/', 'http://pebble.example:2368/blog'],
  ])('%s is of the site %s', (typed, url) => expect(readSiteUrl(typed)).toBe(url))

  it.each(['', 'nothing', 'https://', 'ftp://pebble.example', 'https://me:it@pebble.example'])(
    '%s is of no site',
    (typed) => expect(() => readSiteUrl(typed)).toThrow('Please give the address of the site'),
  )
})

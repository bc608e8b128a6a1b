import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { readDeliveries, signDelivery } from '@rose-ash/testing/ghost/webhook'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { addSource, changeSource } from '../../services/ghost-sync/sources.ts'
import { syncSource } from '../../services/ghost-sync/sync-source.ts'
import { startFixtureSite } from '../../services/ghost-sync/test-sync.ts'

const connection = await createTestDatabase()
const { database } = connection
const site = await startFixtureSite()
const blog = await createTestApp({
  app: 'blog',
  create: createBlogApp,
  connection,
  config: { privateHosts: [site.host] },
})
const { jobs, outgoing, secrets, config, log } = blog.dependencies
const access = { outgoing, secrets, pauseSeconds: 0.01 }
const secret = 'a secret that the site and the blog share'
let sourceId: string

beforeAll(async () => {
  await jobs.start()
  await blog.registerJobs?.(jobs)
  const source = await addSource(
    database,
    { address: site.url, key: site.adminKey, kind: 'admin' },
    access,
  )
  sourceId = source.id
  await syncSource({ ...access, database, mediaFolder: config.mediaFolder, log, sourceId })
}, 120_000)
beforeEach(async () => {
  const sealedWebhookSecret = secrets.seal(secret)
  await changeSource(database, sourceId, { sealedWebhookSecret, takesLegacySignature: false })
  await emptyTables(connection.pool, 'ghost_deliveries')
  site.requests.length = 0
})
afterAll(async () => {
  await blog.app.close()
  await jobs.stop()
  await blog.close()
  await connection.close()
  await site[Symbol.asyncDispose]()
})

async function query(sql: string, values: readonly unknown[] = []) {
  return (await connection.pool.query(sql, [...values])).rows
}

async function deliver(body: string, signature: string | undefined, id = sourceId) {
  const answer = await blog.app.inject({
    method: 'POST',
    url: `/ghost/webhooks/${id}`,
    headers: {
      'content-type': 'application/json',
      ...(signature !== undefined && { 'x-ghost-signature': signature }),
    },
    payload: body,
  })
  return answer.statusCode
}

const [post] = site.tables['posts']?.filter((row) => row['slug'] === 'maud-and-the-rope') ?? []
const postId = String(post?.['id'])

function postBody(updatedAt: string, event = 'post.edited') {
  const current = { id: postId, updated_at: updatedAt, title: 'as the webhook has it' }
  return JSON.stringify({ event, post: { current, previous: {} } })
}

const deliveries = () => query('select event, object_id from ghost_deliveries order by event')
const readsOfPost = () => site.requests.filter((path) => path.includes(`/posts/${postId}/`))

describe('a delivery', () => {
  it.each(readDeliveries())(
    'of $event that a real Ghost made is taken in its time',
    async (one) => {
      await changeSource(database, sourceId, { sealedWebhookSecret: secrets.seal(one.secret) })
      const signature = one.headers['x-ghost-signature'] ?? ''
      const time = Number(/t=(\d+)/.exec(signature)?.[1])
      // The captured one is from a day in the past or future: taken in its own time, and in no other.
      expect(await deliver(one.rawBody, signature)).toBe(401)
      const { isSignedBy } = await import('../../services/ghost-sync/webhook-signature.ts')
      const delivery = { rawBody: Buffer.from(one.rawBody), signature }
      const options = { secret: one.secret, takesLegacy: false }
      expect(isSignedBy(delivery, { ...options, now: time + 1000 })).toBe(true)
      expect(isSignedBy(delivery, { ...options, now: time + 301_000 })).toBe(false)
      expect(isSignedBy(delivery, { ...options, secret: 'another', now: time })).toBe(false)

      expect(await deliver(one.rawBody, signDelivery(one.rawBody, { secret: one.secret }))).toBe(
        202,
      )
      const named = one.event === 'site.changed' ? [] : [one.event]
      expect((await deliveries()).map(({ event }) => event)).toEqual(named)
    },
  )

  it('without a sound signature is refused, and nothing is noted', async () => {
    const body = postBody('2026-11-23T00:00:00.000Z')
    const now = Date.now()
    for (const signature of [
      undefined,
      '',
      'sha256=00, t=1',
      signDelivery(body, { secret: 'forged' }),
      signDelivery(`${body} `, { secret }),
      signDelivery(body, { secret, time: now - 6 * 60_000 }),
      signDelivery(body, { secret, time: now + 6 * 60_000 }),
      signDelivery(body, { secret, isLegacy: true }),
      signDelivery(body, { secret }).replace(/t=\d+/, `t=${now + 60_000}`),
    ]) {
      expect(await deliver(body, signature)).toBe(401)
    }
    expect(await deliveries()).toEqual([])
  })

  it('in the form of old Ghosts counts only where the site is known to be old', async () => {
    await changeSource(database, sourceId, { takesLegacySignature: true })
    const body = postBody('2026-11-23T00:00:00.000Z')
    expect(await deliver(body, signDelivery(body, { secret, isLegacy: true }))).toBe(202)
    const old = signDelivery(body, { secret, isLegacy: true, time: Date.now() - 6 * 60_000 })
    expect(await deliver(body, old)).toBe(401)
  })

  it('for a site that is not followed is not found, which does not end the webhook', async () => {
    const body = postBody('2026-11-23T00:00:00.000Z')
    const signature = signDelivery(body, { secret })
    expect(await deliver(body, signature, '00000000-0000-4000-8000-000000000000')).toBe(404)
    expect(await deliver(body, signature, 'nowhere')).toBe(404)
  })

  it('for a paused site is answered and not noted', async () => {
    await changeSource(database, sourceId, { isActive: false })
    const body = postBody('2026-11-23T00:00:00.000Z')
    expect(await deliver(body, signDelivery(body, { secret }))).toBe(202)
    expect(await deliveries()).toEqual([])
    await changeSource(database, sourceId, { isActive: true })
  })

  it('may hold 8 MiB and no more', async () => {
    const large = (size: number) =>
      JSON.stringify({ event: 'site.changed', text: 'x'.repeat(size) })
    const fits = large(8 * 1024 ** 2 - 100)
    expect(await deliver(fits, signDelivery(fits, { secret }))).toBe(202)
    const tooLarge = large(8 * 1024 ** 2)
    expect(await deliver(tooLarge, signDelivery(tooLarge, { secret }))).toBe(413)
  })
})

describe('a change that is told of', () => {
  it('fifty times is read once, by the API, and stored', async () => {
    site.change('posts', postId, { title: 'Maud and the new rope' })
    const base = Date.parse('2026-11-22T02:13:00.000Z')
    for (let turn = 0; turn < 50; turn += 1) {
      // The newest event is no newer than what the API gives.
      const body = postBody(new Date(base - turn * 1000).toISOString())
      expect(await deliver(body, signDelivery(body, { secret }))).toBe(202)
      expect(await deliver(body, signDelivery(body, { secret }))).toBe(202)
    }
    expect(await deliveries()).toHaveLength(50)
    await waitForTitle('Maud and the new rope')
    // Also the second reading, for changes during the first, has had its turn by now.
    await noJobsLeft()
    expect(readsOfPost()).toHaveLength(1)
  }, 120_000)

  it('of a post that is gone makes it a draft, with a warning', async () => {
    site.remove('posts', postId)
    const current = {}
    const previous = { id: postId, updated_at: '2026-11-22T02:13:00.000Z' }
    const body = JSON.stringify({ event: 'post.deleted', post: { current, previous } })
    expect(await deliver(body, signDelivery(body, { secret }))).toBe(202)
    await noJobsLeft()
    const found = await query(
      `select status, warnings from posts join post_warnings on post_id = id where source_id = $1`,
      [postId],
    )
    expect(found).toEqual([
      {
        status: 'draft',
        warnings: ['It was deleted at the Ghost site that it came from, and is a draft now.'],
      },
    ])
  }, 120_000)

  it('of tags and members is read too', async () => {
    const [tag] = site.tables['tags'] ?? []
    const [member] = site.tables['members'] ?? []
    const [tagId, memberId] = [String(tag?.['id']), String(member?.['id'])]
    site.change('tags', tagId, { description: 'All that is new' })
    site.change('members', memberId, { note: 'Brings cake' })
    for (const body of [
      { event: 'tag.edited', tag: { current: { id: tagId, updated_at: 'a' }, previous: {} } },
      { event: 'member.edited', member: { current: { id: memberId }, previous: {} } },
    ]) {
      const text = JSON.stringify(body)
      expect(await deliver(text, signDelivery(text, { secret }))).toBe(202)
    }
    await noJobsLeft()
    expect(await query('select description from tags where source_id = $1', [tagId])).toEqual([
      { description: 'All that is new' },
    ])
    expect(await query('select note from members where source_id = $1', [memberId])).toEqual([
      { note: 'Brings cake' },
    ])
  }, 120_000)
})

async function waitForTitle(title: string) {
  const found = () => query('select title from posts where source_id = $1', [postId])
  await expect.poll(found, { timeout: 60_000, interval: 200 }).toEqual([{ title }])
}

async function noJobsLeft() {
  const waiting = () =>
    query(`select count(*)::int as count from pgboss.job
      where name = 'blog.ghost-object' and state in ('created', 'retry', 'active')`)
  await expect.poll(waiting, { timeout: 60_000, interval: 200 }).toEqual([{ count: 0 }])
}

import { randomUUID } from 'node:crypto'
import { emitActivity } from '@rose-ash/shared/events/emit-activity'
import { startWork } from '@rose-ash/shared/infrastructure/app/work'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createTestApp, type TestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { outgoingWebhooks, posts } from '../../models/index.ts'
import { findFixtures } from '../content-api/test-fixtures.ts'
import { type PostNews, tellOfPost } from '../posts/tell-of-post.ts'
import { createWebhookSender } from './create-webhook-sender.ts'
import { deliverWebhook, testWebhook, type WebhookSender } from './deliver-webhook.ts'
import { addWebhook, createIntegration } from './integrations.ts'
import { createTestTarget, type TestTarget, verifyDelivery } from './test-target.ts'
import type { WebhookEvent } from './webhook-events.ts'

let connection: DatabaseConnection
let target: TestTarget
let blog: TestApp
let sender: WebhookSender
beforeAll(async () => {
  connection = await createTestDatabase()
  target = await createTestTarget()
  blog = await createTestApp({
    app: 'blog',
    create: createBlogApp,
    connection,
    config: { privateHosts: [target.host] },
  })
  sender = createWebhookSender(blog.dependencies)
})
afterAll(async () => {
  await blog.close()
  await target[Symbol.asyncDispose]()
  await connection.close()
})
beforeEach(async () => {
  await emptyTables(connection.pool, 'posts', 'integrations', 'ap_activities')
  target.received.length = 0
  target.answer = { status: 200 }
})

interface Added {
  readonly id: string
  readonly secret: string
}

async function add(event: WebhookEvent, targetUrl = `${target.url}/${event}`): Promise<Added> {
  const { database } = connection
  const createdBy = '00000000-0000-4000-8000-000000000001'
  const { id: integrationId } = await createIntegration(database, { name: 'A program', createdBy })
  const { secrets } = blog.dependencies
  const secret = await addWebhook({ database, secrets }, { integrationId, event, targetUrl })
  const rows = await database.select().from(outgoingWebhooks)
  const row = rows.find((one) => one.integrationId === integrationId)
  return { id: row?.id ?? '', secret }
}

async function find({ id }: Added) {
  const found = connection.database.select().from(outgoingWebhooks)
  const [webhook] = await found.where(eq(outgoingWebhooks.id, id))
  return webhook
}

const job = { id: randomUUID(), signal: new AbortController().signal }

type Post = typeof posts.$inferSelect

function tell({ id, slug, type }: Post, news: Partial<PostNews>): Promise<void> {
  const told = {
    change: 'Create',
    id,
    slug,
    isPage: type === 'page',
    visibility: 'public',
  } as const
  return connection.database.transaction((transaction) =>
    tellOfPost(transaction, { ...told, ...news }),
  )
}

describe('what happens to posts', () => {
  let work: AsyncDisposable
  beforeAll(async () => {
    work = await startWork(blog, blog.dependencies)
  })
  afterAll(() => work[Symbol.asyncDispose]())

  it('is told to who wants to hear of it, signed, with what everybody may read', async () => {
    const webhook = await add('post.published')
    const other = await add('page.published')
    const tag = await createTag(connection.database, { slug: 'bread' })
    const post = await createPost(connection.database, {
      slug: 'loaf',
      visibility: 'paid',
      html: '<p>For all.</p><!--members-only--><p>The secret.</p>',
      plaintext: 'For all. The secret.',
      publicText: 'For all.',
      tags: [tag],
    })
    await tell(post, {})
    const received = await target.wait(({ path }) => path === '/hook/post.published')
    verifyDelivery(received, webhook.secret)
    expect(() => verifyDelivery(received, other.secret)).toThrow('signature')
    expect(received.headers).toMatchObject({ 'content-type': 'application/json' })
    expect(received.headers['content-version']).toMatch(/^v6\.\d+$/)
    expect(received.body).toMatchObject({
      event: 'post.published',
      post: {
        current: {
          id: post.id,
          slug: 'loaf',
          status: 'published',
          access: false,
          html: '<p>For all.</p>',
          published_at: '2026-01-01T12:00:00.000Z',
          tags: [{ slug: 'bread' }],
        },
        previous: {},
      },
    })
    expect(received.rawBody).not.toContain('secret')
    expect(target.received.map(({ path }) => path)).not.toContain('/hook/page.published')
  })

  it('is told of changes, of drafts and of what is gone', async () => {
    const names = [
      'post.published.edited',
      'post.unpublished',
      'page.deleted',
      'site.changed',
    ] as const
    for (const event of names) await add(event)
    const received = (event: string) => target.wait(({ body }) => body.event === event)
    const post = await createPost(connection.database, { slug: 'new-loaf' })
    await tell(post, { change: 'Update', formerSlug: 'loaf' })
    expect((await received('post.published.edited')).body.post).toMatchObject({
      current: { slug: 'new-loaf' },
      previous: { slug: 'loaf' },
    })
    expect((await received('site.changed')).body).toEqual({ event: 'site.changed' })

    await connection.database
      .update(posts)
      .set({ status: 'draft', title: 'Not yet' })
      .where(eq(posts.id, post.id))
    await tell(post, { change: 'Delete' })
    const unpublished = await received('post.unpublished')
    expect(unpublished.body.post).toEqual({
      current: { id: post.id, uuid: post.id, slug: 'new-loaf', status: 'draft' },
      previous: { status: 'published' },
    })

    const sourceId = '6b024f7f6fb62964bafadad6'
    const page = await createPost(connection.database, {
      type: 'page',
      slug: 'about',
      status: 'trashed',
      source: 'ghost:quay',
      sourceId,
    })
    await tell(page, { change: 'Delete' })
    expect((await received('page.deleted')).body.page).toMatchObject({
      current: {},
      previous: { id: sourceId, slug: 'about' },
    })
  })

  it('in an import is told once, as a change of the site', async () => {
    await add('post.published')
    await add('site.changed')
    const post = await createPost(connection.database)
    await tell(post, { visibility: 'internal' })
    await connection.database.transaction((transaction) =>
      emitActivity(transaction, {
        type: 'ImportFinished',
        originApp: 'blog',
        actorUserId: null,
        objectType: 'Import',
        objectId: 'one',
        payload: { created: 1, updated: 0, unchanged: 0, warnings: 0 },
      }),
    )
    await target.wait(({ body }) => body.event === 'site.changed')
    expect(target.received).toHaveLength(1)
  })
})

describe('a delivery', () => {
  const news = (webhook: Added, post: Post) => ({
    webhookId: webhook.id,
    event: 'post.published' as const,
    objectId: post.id,
  })

  it('that fails is tried again until it arrives, with a signature of its own time', async () => {
    const webhook = await add('post.published')
    const post = await createPost(connection.database)
    target.answer = { status: 500 }
    await expect(deliverWebhook(sender, news(webhook, post), job)).rejects.toThrow('answered 500')
    expect(await find(webhook)).toMatchObject({
      lastStatus: 500,
      lastError: `${target.host} answered 500.`,
      lastTriggeredAt: expect.any(Date),
    })
    target.answer = { status: 204 }
    await deliverWebhook(sender, news(webhook, post), job)
    expect(await find(webhook)).toMatchObject({ lastStatus: 204, lastError: null })
    for (const received of target.received) verifyDelivery(received, webhook.secret)
    expect(target.received.map(({ headers }) => headers['webhook-id'])).toEqual([job.id, job.id])
  })

  it('that is answered with 410 is the last one', async () => {
    const webhook = await add('post.published')
    const post = await createPost(connection.database)
    target.answer = { status: 410 }
    await deliverWebhook(sender, news(webhook, post), job)
    expect(await find(webhook)).toMatchObject({ lastStatus: 410 })
    target.answer = { status: 200 }
    await deliverWebhook(sender, news(webhook, post), job)
    expect(target.received).toHaveLength(1)
    expect(await testWebhook(sender, webhook.id)).toEqual({ result: 'delivered', status: 200 })
    expect(await find(webhook)).toMatchObject({ lastStatus: 200, lastError: null })
  })

  it('goes nowhere but to its target', async () => {
    const webhook = await add('post.published')
    const post = await createPost(connection.database)
    target.answer = { status: 302, headers: { location: `http://${target.host}/elsewhere` } }
    await expect(deliverWebhook(sender, news(webhook, post), job)).rejects.toThrow(
      'leads elsewhere',
    )
    expect(target.received.map(({ path }) => path)).toEqual(['/hook/post.published'])
  })

  it('to an address that is not public is refused, and not tried again', async () => {
    const webhook = await add('post.published', 'http://10.0.0.1/hook')
    const post = await createPost(connection.database)
    await deliverWebhook(sender, news(webhook, post), job)
    expect(await find(webhook)).toMatchObject({
      lastStatus: null,
      lastError: '10.0.0.1 is not on the public internet.',
    })
  })

  it('of a post that is not public any more is not made', async () => {
    const webhook = await add('post.published')
    const post = await createPost(connection.database, { status: 'draft' })
    await deliverWebhook(sender, news(webhook, post), job)
    expect(target.received).toEqual([])
  })
})

const fixtures = findFixtures(process.env['ROSE_ASH_FIXTURES'])

describe.runIf(fixtures)('beside a delivery of a real Ghost', () => {
  /** Of nobody's business outside, or of what there is not here. */
  const leftOut = ['post_revisions', 'email_segment', 'email_only']
  it.each(['post.published', 'page.published'] as const)(
    '%s has the same fields',
    async (event) => {
      const webhook = await add(event)
      const type = event === 'page.published' ? 'page' : 'post'
      const post = await createPost(connection.database, { type })
      await deliverWebhook(sender, { webhookId: webhook.id, event, objectId: post.id }, job)
      const { rawBody } = fixtures!.read<{ rawBody: string }>(`webhooks/${event}.1.json`)
      const theirs = Object.keys(JSON.parse(rawBody)[type].current)
      const ours = Object.keys(target.received[0]?.body[type].current)
      expect(theirs.filter((name) => !ours.includes(name))).toEqual(
        theirs.filter((name) => leftOut.includes(name)),
      )
    },
  )
})

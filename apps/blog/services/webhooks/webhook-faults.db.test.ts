import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { startWork } from '@rose-ash/shared/infrastructure/app/work'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { outgoingWebhooks } from '../../models/index.ts'
import { tellOfPost } from '../posts/tell-of-post.ts'
import { createWebhookSender } from './create-webhook-sender.ts'
import { deliverWebhook } from './deliver-webhook.ts'
import { addWebhook, createIntegration } from './integrations.ts'
import { createTestTarget } from './test-target.ts'

const connection = await createTestDatabase()
const { database } = connection
const target = await createTestTarget()
const create = createBlogApp
const privateHosts = [target.host]
const blog = await createTestApp({ app: 'blog', create, connection, config: { privateHosts } })
const sender = createWebhookSender(blog.dependencies)
const job = { id: randomUUID(), signal: new AbortController().signal }

beforeEach(() => {
  target.received.length = 0
  Object.assign(target, { answer: { status: 200 }, holds: false })
})
afterAll(async () => {
  await blog.close()
  await target[Symbol.asyncDispose]()
  await connection.close()
})

async function add(targetUrl: string): Promise<string> {
  const createdBy = '00000000-0000-4000-8000-000000000001'
  const { id: integrationId } = await createIntegration(database, { name: 'A program', createdBy })
  const { secrets } = blog.dependencies
  const event = 'post.published'
  await addWebhook({ database, secrets }, { integrationId, event, targetUrl })
  const rows = await database.select().from(outgoingWebhooks)
  return rows.find((row) => row.integrationId === integrationId)?.id ?? ''
}

async function find(id: string) {
  const [webhook] = await database
    .select()
    .from(outgoingWebhooks)
    .where(eq(outgoingWebhooks.id, id))
  return webhook
}

async function newsFor(webhookId: string) {
  const { id: objectId } = await createPost(database)
  return { webhookId, event: 'post.published' as const, objectId }
}

test('a target that does not answer holds up no other', async () => {
  await using parts = new AsyncDisposableStack()
  const slow = parts.use(await createTestTarget())
  slow.holds = true
  const config = { privateHosts: [target.host, slow.host] }
  const other = parts.use(await createTestApp({ app: 'blog', create, connection, config }))
  parts.use(await startWork(other, other.dependencies))
  const publish = async () => {
    const { id, slug } = await createPost(database)
    const told = { change: 'Create', id, slug, isPage: false, visibility: 'public' } as const
    await database.transaction((transaction) => tellOfPost(transaction, told))
    return id
  }
  for (let number = 0; number < 8; number += 1) await add(`${slow.url}/${number}`)
  await publish()
  await expect.poll(() => slow.received.length).toBe(1)
  await add(target.url)
  const id = await publish()
  const limit = sleep(6000, 'held up', { ref: false })
  const news = target.wait(({ body }) => body.post.current.id === id)
  expect(await Promise.race([limit, news])).toMatchObject({ path: '/hook' })
  expect(slow.received).toHaveLength(1)
})

test('a delivery to a target that is dead says so, and is tried again', async () => {
  await using dead = await createTestTarget()
  await dead[Symbol.asyncDispose]()
  const privateHosts = [dead.host]
  await using other = await createTestApp({
    app: 'blog',
    create: createBlogApp,
    connection,
    config: { privateHosts },
  })
  const webhook = await add(dead.url)
  const sending = deliverWebhook(
    createWebhookSender(other.dependencies),
    await newsFor(webhook),
    job,
  )
  await expect(sending).rejects.toThrow('cannot be reached')
  expect(await find(webhook)).toMatchObject({
    lastStatus: null,
    lastError: `${dead.host} cannot be reached.`,
  })
})

test('a delivery whose secret cannot be read any more is not made, which is said', async () => {
  const webhook = await add(target.url)
  await database
    .update(outgoingWebhooks)
    .set({ sealedSecret: 'of another key' })
    .where(eq(outgoingWebhooks.id, webhook))
  await deliverWebhook(sender, await newsFor(webhook), job)
  expect(target.received).toEqual([])
  expect((await find(webhook))?.lastError).toContain('kept under another SECRET_KEY')
})

test('a delivery that is led to an address that is not public goes nowhere', async () => {
  await using inside = await createTestTarget()
  const webhook = await add(target.url)
  target.answer = { status: 307, headers: { location: inside.url } }
  await expect(deliverWebhook(sender, await newsFor(webhook), job)).rejects.toThrow(
    'leads elsewhere',
  )
  expect(inside.received).toEqual([])
})

test('a delivery to a target that does not answer ends after ten seconds, and is tried again', async () => {
  const webhook = await add(target.url)
  target.holds = true
  await expect(deliverWebhook(sender, await newsFor(webhook), job)).rejects.toThrow('too long')
  expect(await find(webhook)).toMatchObject({
    lastStatus: null,
    lastError: `${target.host} took too long to answer.`,
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createJobs } from '@rose-ash/shared/infrastructure/jobs/create-jobs'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { publishDueJob } from './services/posts/post-writer.ts'
import { startBlogProcess } from './test-blog-process.ts'
import { createFediversePeer } from './test-fediverse-peer.ts'
import { publishPost } from './test-publishing.ts'

vi.setConfig({ testTimeout: 120_000 })
const connection = await createTestDatabase()
const { database, pool } = connection
const peer = await createFediversePeer()
const mediaFolder = await mkdtemp(join(tmpdir(), 'rose-ash-fediverse-'))
const place = { databaseUrl: connection.url, mediaFolder, privateHosts: [peer.host] }
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await connection.close()
  await rm(mediaFolder, { recursive: true })
})
beforeEach(async () => {
  await emptyTables(
    pool,
    'posts',
    'ap_activities',
    'ap_actor_profiles',
    'ap_remote_actors',
    'ap_inbox',
  )
  peer.received.length = 0
  peer.knocks.length = 0
  peer.answer = undefined
})

const soon = { timeout: 60_000, interval: 100 }
const followers = 20

/** Each with an inbox of its own. */
async function addFollowers(actor: string): Promise<void> {
  await fetch(actor, { headers: { accept: 'application/activity+json' } })
  await pool.query(
    `insert into ap_remote_actors (uri, host, username, name, inbox, key_id, public_pem)
      select 'http://' || $1 || '/users/f' || n, $1, 'f' || n, 'f' || n,
        'http://' || $1 || '/users/f' || n || '/inbox', 'http://' || $1 || '/users/f' || n || '#k', ''
      from generate_series(1, $2::int) n`,
    [peer.host, followers],
  )
  await pool.query(`
    insert into ap_followers (profile_id, app_domain, actor_uri, follow_uri)
    select ap_actor_profiles.id, 'blog', uri, uri from ap_actor_profiles, ap_remote_actors`)
}

const states = async () =>
  (await pool.query('select state, count(*)::int from ap_deliveries group by state')).rows

test('who follows hears of a post when it is due', async () => {
  const blog = await startBlogProcess(place)
  await peer.follow('ada', `${blog.url}/ap/blog`)
  const types = () => peer.received.map(({ type }) => type)
  await expect.poll(types, soon).toEqual(['Accept'])
  await createPost(database, { title: 'Due', status: 'scheduled', publishedAt: new Date() })
  const log = createLog({ app: 'blog', level: 'silent' })
  await using jobs = createJobs({ url: connection.url, log, supervises: false })
  await jobs.start()
  await jobs.enqueue(publishDueJob, {}, { key: 'due' })
  await expect.poll(types, soon).toEqual(['Accept', 'Create'])
  expect(peer.received[1]).toMatchObject({ object: { type: 'Article', name: 'Due' } })
})

test('a key that was renewed is asked for again, and then believed', async () => {
  const first = await startBlogProcess(place)
  const actor = `${first.url}/ap/blog`
  await peer.follow('ada', actor)
  await expect.poll(() => peer.received.length, soon).toBe(1)
  const post = await publishPost(database)
  const keyOf = async () =>
    (await pool.query('select public_pem from ap_remote_actors')).rows.map((row) => row.public_pem)
  const before = await keyOf()
  // A process asks for a key once in five minutes at most; the next one does not know that.
  await first.kill()
  peer.renewKeys()
  await startBlogProcess({ ...place, port: Number(new URL(first.url).port) })
  const like = {
    kind: 'like',
    objectUri: `${actor}/posts/${post.id}`,
    inbox: `${actor}/inbox`,
  } as const
  await peer.react('ada', like)
  const likes = async () => (await pool.query('select kind from ap_interactions')).rows
  await expect.poll(likes, soon).toEqual([{ kind: 'like' }])
  expect(await keyOf()).not.toEqual(before)
})

test('of two processes one tells each follower of each post, and tells it once', async () => {
  const first = await startBlogProcess(place)
  await startBlogProcess({ ...place, publicUrl: first.url })
  await addFollowers(`${first.url}/ap/blog`)
  for (let post = 0; post < 5; post += 1) await publishPost(database, { title: `Post ${post}` })
  await expect.poll(states, soon).toEqual([{ state: 'delivered', count: 5 * followers }])
  expect(peer.knocks).toHaveLength(5 * followers)
  expect(peer.received).toHaveLength(5 * followers)
})

test('what a killed process had not told or not sent is told and sent by the next', async () => {
  const first = await startBlogProcess(place)
  await addFollowers(`${first.url}/ap/blog`)
  const client = await pool.connect()
  await client.query('begin; lock table ap_local_posts in access exclusive mode')
  await publishPost(database, { title: 'Not told' })
  const waiting = async () =>
    (
      await pool.query(
        `select 1 from pg_locks where not granted and relation = 'ap_local_posts'::regclass`,
      )
    ).rowCount
  await expect.poll(waiting, soon).toBe(1)
  await first.kill()
  await client.query('rollback')
  client.release()
  expect(await states()).toEqual([])

  peer.answer = 503
  await pool.query(`update event_deliveries set next_attempt_at = now() where state = 'pending'`)
  const again = { ...place, port: Number(new URL(first.url).port) }
  const second = await startBlogProcess(again)
  await expect.poll(states, soon).toEqual([{ state: 'queued', count: followers }])
  await expect.poll(() => peer.knocks.length, soon).toBeGreaterThan(0)
  await second.kill()

  peer.answer = undefined
  await pool.query('update ap_deliveries set next_attempt_at = now()')
  await pool.query('update ap_instances set closed_until = null')
  await startBlogProcess(again)
  await expect.poll(states, soon).toEqual([{ state: 'delivered', count: followers }])
  expect(peer.received).toHaveLength(followers)
})

test('a server that does not answer does not delay what is published', async () => {
  const blog = await startBlogProcess(place)
  await addFollowers(`${blog.url}/ap/blog`)
  // An address that takes connections to nowhere.
  await pool.query(`update ap_remote_actors set inbox = 'https://unreachable.example/inbox'
    where username = 'f1'`)
  const before = performance.now()
  await publishPost(database)
  expect(performance.now() - before).toBeLessThan(1000)
  await expect.poll(() => peer.received.length, soon).toBe(followers - 1)
})

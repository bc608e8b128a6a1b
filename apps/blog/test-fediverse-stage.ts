import { startWork } from '@rose-ash/shared/infrastructure/app/work'
import { createTestApp, type TestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { findFreePort } from '@rose-ash/testing/free-port'
import { afterAll, beforeEach } from 'vitest'
import { createBlogApp } from './app.ts'
import type { posts } from './models/index.ts'
import { createFediversePeer, type FediversePeer } from './test-fediverse-peer.ts'
import { changePost, publishPost } from './test-publishing.ts'

/** For tests: a blog that listens and works, and another server that knows it. */
export interface FediverseStage {
  readonly blog: TestApp
  readonly peer: FediversePeer
  readonly url: string
  /** The blog's own. */
  readonly actor: string
  readonly inbox: string
  readonly connection: Awaited<ReturnType<typeof createTestDatabase>>
  publish(values?: Parameters<typeof publishPost>[1]): Promise<typeof posts.$inferSelect>
  change(id: string, values: Partial<typeof posts.$inferInsert>): Promise<void>
  /** The `object` of what the peer was told, by the kind of activity. */
  told(type: string): readonly Record<string, unknown>[]
  /** How what came with this id was dealt with, once it was. */
  outcomeOf(objectUri: string): Promise<string>
  /** Everything that waits is due now. */
  letTimePass(): Promise<void>
  query<Row>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>
}

/** Made for the file, emptied before each test, and taken away at the end. */
export async function setFediverseStage(
  options: Parameters<typeof createFediversePeer>[0] = {},
): Promise<FediverseStage> {
  const connection = await createTestDatabase()
  const peer = await createFediversePeer(options)
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const blog = await createTestApp({
    app: 'blog',
    create: createBlogApp,
    connection,
    config: { privateHosts: [peer.host], publicUrls: urlsWith(url) },
  })
  await blog.app.listen({ host: '127.0.0.1', port })
  const work = await startWork(blog, blog.dependencies)
  afterAll(async () => {
    await blog.app.close()
    await work[Symbol.asyncDispose]()
    await blog.close()
    await peer[Symbol.asyncDispose]()
    await connection.close()
  })
  beforeEach(async () => {
    await emptyTables(connection.pool, ...tables)
    peer.received.length = 0
    peer.knocks.length = 0
    peer.answer = undefined
  })
  const { database, pool } = connection
  const actor = `${url}/ap/blog`
  return {
    blog,
    peer,
    url,
    actor,
    inbox: `${actor}/inbox`,
    connection,
    publish: (values) => publishPost(database, values),
    change: (id, values) => changePost(database, id, values),
    told: (type) =>
      peer.received
        .filter((activity) => activity['type'] === type)
        .map(({ object }) => object as Record<string, unknown>),
    async outcomeOf(objectUri) {
      const read = `select state, reason from ap_inbox where object_uri = $1 order by id desc limit 1`
      const { rows } = await pool.query(read, [objectUri])
      return rows[0] ? `${rows[0].state}${rows[0].reason ? `: ${rows[0].reason}` : ''}` : 'none'
    },
    async letTimePass() {
      await pool.query(`
        update ap_deliveries set next_attempt_at = now() where state = 'queued';
        update ap_instances set closed_until = now() where closed_until is not null;
        select pg_notify('ap_work', '')`)
    },
    async query(statement, values = []) {
      return (await pool.query(statement, [...values])).rows
    },
  }
}

const tables = [
  'posts',
  'comments',
  'ap_activities',
  'ap_actor_profiles',
  'ap_remote_actors',
  'ap_inbox',
  'ap_instances',
  'ap_local_posts',
  'ap_domain_rules',
  'ap_actor_rules',
]

function urlsWith(blog: string) {
  const others = ['market', 'events', 'cart', 'account', 'federation'] as const
  const urls = others.map((app) => [app, `http://${app}.localhost`] as const)
  return { ...Object.fromEntries(urls), blog } as Record<(typeof others)[number] | 'blog', string>
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createJobs } from '@rose-ash/shared/infrastructure/jobs/create-jobs'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createStoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, vi } from 'vitest'
import { createExportQueue } from './services/export/export-queue.ts'
import type { ExportRecord } from './services/export/export-records.ts'
import { publishDueJob } from './services/posts/post-writer.ts'
import { addWebhook, createIntegration } from './services/webhooks/integrations.ts'
import { createTestTarget, type TestTarget } from './services/webhooks/test-target.ts'
import { testSecretKey } from './test-blog-process.ts'

/** For tests of what goes wrong: a database with things to do in it, for blogs in processes of their own. */
export interface FaultStage extends AsyncDisposable {
  /** What each of them is started with. */
  readonly place: {
    readonly databaseUrl: string
    readonly mediaFolder: string
    readonly privateHosts: readonly string[]
  }
  /** It hears of every post that is published. */
  readonly target: TestTarget
  schedulePost(slug: string): ReturnType<typeof createPost>
  /** Lets due posts be published; each with another key. */
  wake(key: string): Promise<void>
  statusOf(slug: string): Promise<{ readonly status: string; readonly version: number }>
  /** The kinds of activities that there are about it. */
  newsOf(id: string): Promise<readonly string[]>
  askForExport(): Promise<string | undefined>
  findExport(id: string): Promise<ExportRecord | undefined>
  archiveOf(id: string): string
  /** Until what is returned is called, nobody else gets further than this table. */
  lock(table: string): Promise<() => Promise<void>>
  /** How many wait to get on with it. */
  waitingFor(table: string): Promise<number>
  /** What a process had in hand is missed as soon as somebody looks, not after half a minute. */
  letTimePass(): Promise<void>
  clear(): Promise<void>
}

/** For `expect.poll`: it is looked each half minute for what is missed. */
export const missed = { timeout: 100_000, interval: 250 }

/** Cleared before each test of the file, and taken away at its end. */
export async function setFaultStage(): Promise<FaultStage> {
  vi.setConfig({ testTimeout: 150_000 })
  const stage = await createFaultStage()
  beforeEach(() => stage.clear())
  afterAll(() => stage[Symbol.asyncDispose]())
  return stage
}

async function createFaultStage(): Promise<FaultStage> {
  const log = createLog({ app: 'blog', level: 'silent' })
  const connection = await createTestDatabase()
  const { database, pool, url } = connection
  const target = await createTestTarget()
  const mediaFolder = await mkdtemp(join(tmpdir(), 'rose-ash-faults-'))
  const jobs = createJobs({ url, log, supervises: false })
  await jobs.start()
  const config = {
    mediaFolder,
    platform: { name: 'Rose Ash', timeZone: 'Europe/London' },
    publicUrls: { blog: 'https://blog.example.org' },
  } as Parameters<typeof createExportQueue>[0]['config']
  const exports = createExportQueue({ database, config, log, jobs })
  const addListener = async () => {
    const createdBy = '00000000-0000-4000-8000-000000000001'
    const { id } = await createIntegration(database, { name: 'A program', createdBy })
    const secrets = createStoredSecrets(deriveKey(testSecretKey, 'stored-secrets'))
    const webhook = { integrationId: id, event: 'post.published', targetUrl: target.url } as const
    await addWebhook({ database, secrets }, webhook)
  }
  return {
    place: { databaseUrl: url, mediaFolder, privateHosts: [target.host] },
    target,
    schedulePost: (slug) =>
      createPost(database, { slug, status: 'scheduled', publishedAt: new Date() }),
    async wake(key) {
      await jobs.enqueue(publishDueJob, {}, { key })
    },
    async statusOf(slug) {
      const read = 'select status, version from posts where slug = $1'
      return (await pool.query(read, [slug])).rows[0]
    },
    async newsOf(id) {
      const read = 'select type from ap_activities where object_id = $1'
      return (await pool.query(read, [id])).rows.map(({ type }) => type)
    },
    async askForExport() {
      const choice = { kind: 'everything', withRevisions: false, withMembers: false } as const
      const asked = await exports.request(choice)
      return asked.status === 'asked' ? asked.id : undefined
    },
    findExport: exports.records.find,
    archiveOf: exports.records.fileOf,
    lock: (table) => lock(pool, table),
    async waitingFor(table) {
      const read =
        'select count(*)::int from pg_locks where not granted and relation = $1::regclass'
      return (await pool.query(read, [table])).rows[0].count
    },
    async letTimePass() {
      await pool.query(`
        update pgboss.job set heartbeat_on = heartbeat_on - interval '1 hour' where state = 'active';
        update event_deliveries set next_attempt_at = now() where state = 'pending'`)
    },
    async clear() {
      await pool.query('truncate posts, integrations, ap_activities cascade')
      Object.assign(target, { answer: { status: 200 }, holds: false })
      target.received.length = 0
      await addListener()
    },
    async [Symbol.asyncDispose]() {
      await jobs.stop()
      await target[Symbol.asyncDispose]()
      await connection.close()
      await rm(mediaFolder, { recursive: true })
    },
  }
}

async function lock(pool: DatabaseConnection['pool'], table: string): Promise<() => Promise<void>> {
  const client = await pool.connect()
  await client.query(`begin; lock table ${table} in access exclusive mode`)
  return async () => {
    await client.query('rollback')
    client.release()
  }
}

import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase } from '@rose-ash/testing/database'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { DatabaseConnection } from '../database.ts'
import { createJobs } from './create-jobs.ts'
import { defineJob } from './job-definition.ts'
import type { Jobs } from './jobs.ts'

const log = pino({ level: 'silent' })
const payload = z.object({ note: z.string() })
let connection: DatabaseConnection
let jobs: Jobs

beforeAll(async () => {
  connection = await createTestDatabase()
  jobs = createJobs({ url: connection.url, log, pollSeconds: 0.5 })
  await jobs.start()
})
afterAll(async () => {
  await jobs.stop()
  await connection.close()
})

/** A kind of job of the test's own, and what was done of it. */
async function workOn(name: string, options: { failures?: number; concurrency?: number } = {}) {
  const { failures = 0, concurrency = 1 } = options
  const job = defineJob({ name, payload, retryLimit: 2, retryDelaySeconds: 1 })
  const done: string[] = []
  const attempts: number[] = []
  await jobs.work(
    job,
    async ({ note }, { attempt }) => {
      attempts.push(attempt)
      if (attempts.length <= failures) throw new Error(`failure ${attempts.length}`)
      done.push(note)
    },
    { concurrency },
  )
  return { job, done, attempts }
}

async function countJobs(name: string): Promise<number> {
  const { rows } = await connection.database.execute<{ count: number }>(
    sql`select count(*)::int as count from pgboss.job where name = ${name}`,
  )
  return rows[0]?.count ?? 0
}

describe('a job', () => {
  test('that was enqueued is done soon, with its payload', async () => {
    const { job, done } = await workOn('test.soon')
    await jobs.enqueue(job, { note: 'hello' })
    await expect.poll(() => done, { timeout: 2000 }).toEqual(['hello'])
  })

  test('exists when the transaction commits, and not at all when it is rolled back', async () => {
    const { job, done } = await workOn('test.transaction')
    const rolledBack = connection.database.transaction(async (transaction) => {
      await jobs.enqueue(job, { note: 'rolled back' }, { transaction })
      throw new Error('the change fails')
    })
    await expect(rolledBack).rejects.toThrow('the change fails')
    expect(await countJobs(job.name)).toBe(0)
    await connection.database.transaction(async (transaction) => {
      await jobs.enqueue(job, { note: 'committed' }, { transaction })
      await sleep(300)
      expect(done).toEqual([])
    })
    await expect.poll(() => done, { timeout: 2000 }).toEqual(['committed'])
    expect(await countJobs(job.name)).toBe(1)
  })

  test('waits for as long as it was told', async () => {
    const { job, done } = await workOn('test.delay')
    await jobs.enqueue(job, { note: 'later' }, { delaySeconds: 1 })
    await sleep(700)
    expect(done).toEqual([])
    await expect.poll(() => done, { timeout: 8000 }).toEqual(['later'])
  })

  test('with a payload that does not fit is refused', async () => {
    const { job } = await workOn('test.refused')
    // @ts-expect-error: the payload has a note
    await expect(jobs.enqueue(job, { word: 'hello' })).rejects.toThrow('note')
    expect(await countJobs(job.name)).toBe(0)
  })

  test('that is exclusive is not enqueued while another waits or runs', async () => {
    const job = defineJob({ name: 'test.exclusive', payload, isExclusive: true })
    const gate = Promise.withResolvers<void>()
    let finished = 0
    expect(await jobs.enqueue(job, { note: 'first' })).toBeTypeOf('string')
    expect(await jobs.enqueue(job, { note: 'second' })).toBeUndefined()
    expect(await jobs.enqueue(job, { note: 'of another' }, { key: 'other' })).toBeTypeOf('string')
    await jobs.work(job, async () => {
      await gate.promise
      finished++
    })
    await sleep(300)
    expect(await jobs.enqueue(job, { note: 'third' })).toBeUndefined()
    gate.resolve()
    await expect.poll(() => finished, { timeout: 8000 }).toBe(2)
    await sleep(100)
    expect(await jobs.enqueue(job, { note: 'fourth' })).toBeTypeOf('string')
  })
})

describe('many jobs', () => {
  test('are done one after the other without waiting for a poll, none of them twice', async () => {
    const { job, done } = await workOn('test.many', { concurrency: 2 })
    const notes = Array.from({ length: 100 }, (_, number) => `${number}`)
    await connection.database.transaction(async (transaction) => {
      for (const note of notes) await jobs.enqueue(job, { note }, { transaction })
    })
    await expect.poll(() => done.length, { timeout: 10_000 }).toBe(100)
    expect(new Set(done).size).toBe(100)
  })
})

describe('a job that fails', () => {
  test('is tried again', async () => {
    const { job, done, attempts } = await workOn('test.retry', { failures: 1 })
    await jobs.enqueue(job, { note: 'hello' })
    await expect.poll(() => done, { timeout: 10_000 }).toEqual(['hello'])
    expect(attempts).toEqual([1, 2])
    expect(await jobs.findDead(job)).toEqual([])
  })

  test('is given up after its last retry, kept with its reason, and can be revived', async () => {
    const { job, done, attempts } = await workOn('test.dead', { failures: 3 })
    const id = await jobs.enqueue(job, { note: 'hello' })
    await expect.poll(() => jobs.findDead(job), { timeout: 14_000 }).toHaveLength(1)
    expect(attempts).toEqual([1, 2, 3])
    expect(await jobs.findDead(job)).toMatchObject([
      { id, payload: { note: 'hello' }, reason: 'Error: failure 3' },
    ])
    expect(await jobs.revive(job)).toBe(1)
    await expect.poll(() => done, { timeout: 8000 }).toEqual(['hello'])
    expect(await jobs.findDead(job)).toEqual([])
  }, 30_000)

  test('is given up at once when its payload is one that nobody understands', async () => {
    const { job, attempts } = await workOn('test.misunderstood')
    const old = defineJob({ name: job.name, payload: z.object({ word: z.string() }) })
    await jobs.enqueue(old, { word: 'hello' })
    await expect.poll(() => jobs.findDead(job), { timeout: 8000 }).toHaveLength(1)
    expect((await jobs.findDead(job))[0]?.reason).toContain('note')
    expect(attempts).toEqual([])
  })

  test('by running too long has its signal aborted', async () => {
    const job = defineJob({ name: 'test.long', payload, timeLimitSeconds: 1, retryLimit: 0 })
    let wasAborted = false
    await jobs.work(job, async (_payload, { signal }) => {
      await once(signal, 'abort')
      wasAborted = true
    })
    await jobs.enqueue(job, { note: 'for ever' })
    await expect.poll(() => wasAborted, { timeout: 5000 }).toBe(true)
    await expect.poll(() => jobs.findDead(job), { timeout: 5000 }).toHaveLength(1)
  })
})

describe('two instances', () => {
  test('share the work', async () => {
    const other = createJobs({ url: connection.url, log, pollSeconds: 0.5, supervises: false })
    onTestFinished(() => other.stop())
    await other.start()
    const { job, done } = await workOn('test.shared')
    const doneByOther: string[] = []
    await other.work(job, async ({ note }) => void doneByOther.push(note))
    for (let number = 0; number < 40; number++) await other.enqueue(job, { note: `${number}` })
    await expect.poll(() => done.length + doneByOther.length, { timeout: 10_000 }).toBe(40)
    expect(new Set([...done, ...doneByOther]).size).toBe(40)
  })
})

describe('a schedule', () => {
  test('is one, however often it is set, and ends when told', async () => {
    const { job } = await workOn('test.nightly')
    for (const cron of ['15 3 * * *', '30 3 * * *']) {
      await jobs.schedule(job, { cron, timeZone: 'Europe/London', payload: { note: 'sweep' } })
    }
    const read = async () => {
      const { rows } = await connection.database.execute(
        sql`select cron, timezone, data from pgboss.schedule where name = 'test.nightly'`,
      )
      return rows
    }
    expect(await read()).toEqual([
      { cron: '30 3 * * *', timezone: 'Europe/London', data: { note: 'sweep' } },
    ])
    await jobs.unschedule(job.name)
    expect(await read()).toEqual([])
  })

  test('that nobody could keep is refused', async () => {
    const { job } = await workOn('test.never')
    const schedule = { cron: 'at night', payload: { note: '' } }
    await expect(jobs.schedule(job, schedule)).rejects.toThrow()
  })
})

describe('stopping', () => {
  test('waits for the job that is running', async () => {
    const own = createJobs({ url: connection.url, log, pollSeconds: 0.5, supervises: false })
    await own.start()
    const job = defineJob({ name: 'test.stop', payload })
    const notes: string[] = []
    await own.work(job, async ({ note }) => {
      notes.push(`${note} began`)
      await sleep(600)
      notes.push(`${note} ended`)
    })
    await own.enqueue(job, { note: 'it' })
    await expect.poll(() => notes, { timeout: 5000 }).toEqual(['it began'])
    await own.stop()
    expect(notes).toEqual(['it began', 'it ended'])
  })
})

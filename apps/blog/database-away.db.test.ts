import { access } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { createCuttableDatabase, startBlogProcess } from './test-blog-process.ts'
import { setFaultStage } from './test-fault-stage.ts'

const stage = await setFaultStage()
const {
  archiveOf,
  askForExport,
  findExport,
  lock,
  newsOf,
  place,
  schedulePost,
  statusOf,
  target,
  waitingFor,
  wake,
} = stage

/** It is looked each half minute for what is missed. */
vi.setConfig({ testTimeout: 150_000 })
const missed = { timeout: 100_000, interval: 250 }

beforeEach(() => stage.clear())
afterAll(() => stage[Symbol.asyncDispose]())

test('a database that is away at the due time, and during an export, is waited for', async () => {
  await using way = await createCuttableDatabase(place.databaseUrl)
  await startBlogProcess({ ...place, databaseUrl: way.url })
  await schedulePost('before')
  await wake('before')
  // It works on everything by now.
  await target.wait(({ body }) => body.post.current.slug === 'before')
  await sleep(500)
  const unlock = await lock('redirects')
  const exportId = await askForExport()
  await expect.poll(() => waitingFor('redirects')).toBe(1)
  way.cut()
  await unlock()
  const post = await schedulePost('away')
  await wake('away')
  await expect.poll(async () => (await findExport(exportId!))?.state).toBe('failed')
  expect((await findExport(exportId!))?.error).toContain('database')
  await expect(access(archiveOf(exportId!))).rejects.toThrow('ENOENT')
  expect((await statusOf('away')).status).toBe('scheduled')
  // Long enough to be noticed by everything that looks after itself.
  await sleep(5000)
  way.mend()
  await target.wait(({ body }) => body.post.current.slug === 'away')
  expect(await newsOf(post.id)).toEqual(['Create'])
  // The news of its end was lost with the database, so its job is missed, and it is made anew.
  await stage.letTimePass()
  await expect.poll(async () => (await findExport(exportId!))?.state, missed).toBe('done')
  await expect.poll(() => askForExport(), missed).toBeTypeOf('string')
})

import { access } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createCuttableDatabase, startBlogProcess } from './test-blog-process.ts'
import { missed, setFaultStage } from './test-fault-stage.ts'

const stage = await setFaultStage()
const { place, target, waitingFor } = stage

test('a database that is away at the due time, and during an export, is waited for', async () => {
  await using way = await createCuttableDatabase(place.databaseUrl)
  await startBlogProcess({ ...place, databaseUrl: way.url })
  await stage.schedulePost('before')
  await stage.wake('before')
  // It works on everything by now.
  await target.wait(({ body }) => body.post.current.slug === 'before')
  await sleep(500)
  const unlock = await stage.lock('redirects')
  const exportId = await stage.askForExport()
  await expect.poll(() => waitingFor('redirects')).toBe(1)
  way.cut()
  await unlock()
  const post = await stage.schedulePost('away')
  await stage.wake('away')
  await expect.poll(async () => (await stage.findExport(exportId!))?.state).toBe('failed')
  expect((await stage.findExport(exportId!))?.error).toContain('database')
  await expect(access(stage.archiveOf(exportId!))).rejects.toThrow('ENOENT')
  expect((await stage.statusOf('away')).status).toBe('scheduled')
  // Long enough to be noticed by everything that looks after itself.
  await sleep(5000)
  way.mend()
  await target.wait(({ body }) => body.post.current.slug === 'away')
  expect(await stage.newsOf(post.id)).toEqual(['Create'])
  // The news of its end was lost with the database, so its job is missed, and it is made anew.
  await stage.letTimePass()
  await expect.poll(async () => (await stage.findExport(exportId!))?.state, missed).toBe('done')
  await expect.poll(() => stage.askForExport(), missed).toBeTypeOf('string')
})

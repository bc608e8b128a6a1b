import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readArchive } from './services/export/test-archive.ts'
import { startBlogProcess } from './test-blog-process.ts'
import { missed, setFaultStage } from './test-fault-stage.ts'

const stage = await setFaultStage()
const { place, target, waitingFor } = stage

test('what a killed process had in hand is done by another: a news, an export, a publication', async () => {
  const first = await startBlogProcess(place)
  target.holds = true
  const told = await stage.schedulePost('told')
  await stage.wake('told')
  const once = await target.wait(({ body }) => body.post.current.slug === 'told')
  const unlock = await stage.lock('redirects')
  const exportId = await stage.askForExport()
  await expect.poll(() => waitingFor('redirects')).toBe(1)
  const unlockViews = await stage.lock('post_revisions')
  const late = await stage.schedulePost('late')
  await stage.wake('late')
  await expect.poll(() => waitingFor('post_revisions')).toBeGreaterThan(0)
  await first.kill()
  await unlock()
  await unlockViews()
  await stage.letTimePass()
  expect(await stage.statusOf('late')).toEqual({ status: 'scheduled', version: late.version })
  const half = await stage.findExport(exportId!)
  expect(half?.state).toBe('running')
  target.holds = false

  await startBlogProcess(place)
  await expect.poll(async () => (await stage.statusOf('late')).status, missed).toBe('published')
  await expect.poll(async () => (await stage.findExport(exportId!))?.state, missed).toBe('done')
  const { tables } = await readArchive(stage.archiveOf(exportId!))
  expect(tables['posts']?.length).toBeGreaterThan(0)
  const slugs = () => target.received.map(({ body }) => String(body.post.current.slug)).toSorted()
  await expect.poll(slugs, missed).toEqual(['late', 'told', 'told'])
  const ids = target.received
    .filter(({ body }) => body.post.current.slug === 'told')
    .map(({ headers }) => headers['webhook-id'])
  expect(ids).toEqual([once.headers['webhook-id'], once.headers['webhook-id']])
  expect(await stage.newsOf(told.id)).toEqual(['Create'])
  expect(await stage.newsOf(late.id)).toEqual(['Create'])
})

test('a change whose process was killed before it was told of is told of once, by two who start', async () => {
  const post = await stage.schedulePost('silent')
  const first = await startBlogProcess(place)
  const unlock = await stage.lock('outgoing_webhooks')
  await stage.wake('silent')
  await expect.poll(() => stage.newsOf(post.id), missed).toEqual(['Create'])
  await first.kill()
  await unlock()
  await stage.letTimePass()
  expect(target.received).toEqual([])
  await Promise.all([startBlogProcess(place), startBlogProcess(place)])
  await target.wait(({ body }) => body.post.current.slug === 'silent')
  await sleep(2000)
  expect(target.received).toHaveLength(1)
})

test('of two processes at the due moment one publishes, once', async () => {
  await startBlogProcess(place)
  await startBlogProcess(place)
  const all = []
  for (let number = 0; number < 20; number += 1) all.push(await stage.schedulePost(`due-${number}`))
  await Promise.all(Array.from({ length: 8 }, (_, number) => stage.wake(`both-${number}`)))
  await expect.poll(() => target.received.length, missed).toBe(20)
  await sleep(1000)
  expect(target.received).toHaveLength(20)
  for (const { id, slug, version } of all) {
    expect(await stage.newsOf(id)).toEqual(['Create'])
    expect(await stage.statusOf(slug)).toEqual({ status: 'published', version: version + 1 })
  }
})

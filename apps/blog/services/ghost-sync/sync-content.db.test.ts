import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { fixture } from '../ghost/test-export.ts'
import { createSyncTarget, type SyncTarget } from './test-sync.ts'

let setting: SyncTarget
beforeAll(async () => {
  setting = await createSyncTarget()
})
beforeEach(async () => {
  await setting.target.reset('ghost_sources', 'tiers', 'newsletters')
})
afterAll(() => setting[Symbol.asyncDispose]())

const query = (text: string) => setting.target.query(text)

it('the Content API brings what everybody may read, and says what it could not', async () => {
  const { id, kind } = await setting.add('content')
  expect(kind).toBe('content')
  const result = await setting.sync(id)
  expect(result).toMatchObject({ created: 27 + 3 + 7, updated: 0, unpublished: 0 })
  const states = await query('select distinct status from posts')
  expect(states).toEqual([{ status: 'published' }])
  expect(
    await query(`select visibility, count(*)::int as count from posts group by 1 order by 1`),
  ).toEqual([
    { visibility: 'members', count: 2 },
    { visibility: 'paid', count: 2 },
    { visibility: 'public', count: 22 },
    { visibility: 'tiers', count: 1 },
  ])
  const text = JSON.stringify(await query('select html, lexical from posts'))
  expect(text).not.toContain('?ref=')
  expect(text).not.toContain(setting.site.host)
  const warned =
    await query(`select count(*)::int as count from post_warnings join posts on id = post_id
    where visibility <> 'public' and warnings::text like '%cut off%'`)
  expect(warned).toEqual([{ count: 5 }])
  expect(await setting.sync(id)).toMatchObject({ created: 0, updated: 0, unpublished: 0 })
}, 120_000)

it('after an import of the whole site it changes nothing and hides nothing', async () => {
  await setting.target.run(fixture('ghost-6.65.0-export-with-images.zip'))
  const before = await setting.target.content()
  const { id } = await setting.add('content')
  expect(await setting.sync(id)).toMatchObject({ created: 0, updated: 0, unpublished: 0 })
  expect(await setting.target.content()).toBe(before)
}, 120_000)

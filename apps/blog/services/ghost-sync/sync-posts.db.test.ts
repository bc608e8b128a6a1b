import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fixture } from '../ghost/test-export.ts'
import { createSyncTarget, type SyncTarget } from './test-sync.ts'

let setting: SyncTarget
beforeAll(async () => {
  setting = await createSyncTarget()
})
beforeEach(async () => {
  await setting.target.reset()
  await setting.target.query(
    'truncate ghost_sources, tiers, newsletters, members, memberships cascade',
  )
  setting.site.requests.length = 0
})
afterAll(() => setting[Symbol.asyncDispose]())

const { query, content } = {
  query: (text: string) => setting.target.query(text),
  content: () => setting.target.content(),
}

/** Pictures are made smaller, which takes a busy machine long. */
const patience = { timeout: 120_000 }

describe('a first sync', patience, () => {
  it('brings what an import of the site’s own export brings, picture by picture', async () => {
    await setting.target.run(fixture('ghost-6.65.0-export-with-images.zip'))
    const imported = await query(comparedColumns)
    const files = await query('select path, content_hash from media order by path')
    await setting.target.reset()
    const source = await setting.add()
    const result = await setting.sync(source.id)
    expect(result).toMatchObject({ created: 39, updated: 0, source: 'ghost:pebble-and-tide' })
    expect(await query(comparedColumns)).toEqual(imported)
    expect(await query('select path, content_hash from media order by path')).toEqual(files)
    const [{ path } = {}] = files
    const stored = await readFile(join(setting.target.folder.mediaFolder, String(path)))
    expect(stored.length).toBeGreaterThan(0)
  })

  it('after an import of the same site’s file creates nothing and updates nothing', async () => {
    await setting.target.run(fixture('ghost-6.65.0-export-with-images.zip'))
    const before = await content()
    const versions = await setting.target.rowVersions()
    const source = await setting.add()
    const result = await setting.sync(source.id)
    expect(result).toMatchObject({ created: 0, updated: 0, unchanged: 39, unpublished: 0 })
    expect(result.source).toBe('ghost:pebble-and-tide')
    expect(await content()).toBe(before)
    expect(await setting.target.rowVersions()).toBe(versions)
  })

  it('before an import of the same site’s file leaves it nothing to do', async () => {
    const source = await setting.add()
    await setting.sync(source.id)
    const result = await setting.target.run(fixture('ghost-6.65.0-export-with-images.zip'))
    expect(result).toMatchObject({ created: 0, updated: 0, unchanged: 39 })
  })

  it('leaves no address of the old site behind', async () => {
    const source = await setting.add()
    await setting.sync(source.id)
    expect(await content()).not.toContain(setting.site.host)
  })

  it('says in the source when and how it went', async () => {
    const { id } = await setting.add()
    await setting.sync(id)
    const source = await setting.source(id)
    expect(source).toMatchObject({
      state: 'done',
      error: null,
      counts: { created: 39, updated: 0, unchanged: 0 },
      differences: [],
    })
    expect(source.finishedAt).toBeInstanceOf(Date)
    expect(Object.keys(source.cursors).toSorted()).toEqual(['members', 'pages', 'posts'])
  })
})

describe('another sync', patience, () => {
  it('of a site that has not changed creates nothing, updates nothing and downloads nothing', async () => {
    const { id } = await setting.add()
    await setting.sync(id)
    const versions = await setting.target.rowVersions()
    setting.site.requests.length = 0
    expect(await setting.sync(id)).toMatchObject({ created: 0, updated: 0, unpublished: 0 })
    expect(await setting.target.rowVersions()).toBe(versions)
    expect(setting.site.requests.filter((path) => path.startsWith('/content/'))).toEqual([])
  })
})

const comparedColumns = `
  select to_jsonb(posts) - 'id' - 'source_extra' as row,
    (select jsonb_agg(tags.slug order by post_tags.sort_order) from post_tags
      join tags on tags.id = tag_id where post_id = posts.id) as tags,
    (select jsonb_agg(authors.slug order by post_authors.sort_order) from post_authors
      join authors on authors.id = author_id where post_id = posts.id) as authors,
    (select jsonb_agg(tiers.slug order by 1) from post_tiers
      join tiers on tiers.id = tier_id where post_id = posts.id) as tiers
  from posts order by source_id`

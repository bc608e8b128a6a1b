import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixture } from '../ghost/test-export.ts'
import type { GhostSource } from './sources.ts'
import type { SyncResult } from './sync-source.ts'
import { createSyncTarget, empty, type SyncTarget } from './test-sync.ts'

const archive = fixture('ghost-6.65.0-export-with-images.zip')

/** Pictures are made smaller, which takes a busy machine long. */
const patience = { timeout: 120_000 }

let setting: SyncTarget
let imported: Content
const query = (text: string) => setting.target.query(text)

// An import and a sync with all their pictures, once each; no test here changes what is there then.
beforeAll(async () => {
  setting = await createSyncTarget()
  await setting.target.run(archive)
  imported = await readContent()
}, patience.timeout)
afterAll(() => setting[Symbol.asyncDispose]())

interface Content {
  readonly posts: readonly Record<string, unknown>[]
  readonly files: readonly Record<string, unknown>[]
}

async function readContent(): Promise<Content> {
  return {
    posts: await query(comparedColumns),
    files: await query('select path, content_hash from media order by path'),
  }
}

describe('a first sync', patience, () => {
  it('after an import of the same site’s file creates nothing and updates nothing', async () => {
    const before = await setting.target.content()
    const versions = await setting.target.rowVersions()
    const source = await setting.add()
    const result = await setting.sync(source.id)
    expect(result).toMatchObject({ created: 0, updated: 0, unchanged: 39, unpublished: 0 })
    expect(result.source).toBe('ghost:pebble-and-tide')
    expect(await setting.target.content()).toBe(before)
    expect(await setting.target.rowVersions()).toBe(versions)
  })

  describe('of an empty platform', () => {
    let id: string
    let result: SyncResult
    let source: GhostSource
    beforeAll(async () => {
      await empty(setting.target)
      id = (await setting.add()).id
      result = await setting.sync(id)
      source = await setting.source(id)
    }, patience.timeout)

    it('brings what an import of the site’s own export brings, picture by picture', async () => {
      expect(result).toMatchObject({ created: 39, updated: 0, source: 'ghost:pebble-and-tide' })
      expect(await readContent()).toEqual(imported)
      const [{ path } = {}] = imported.files
      const stored = await readFile(join(setting.target.folder.mediaFolder, String(path)))
      expect(stored.length).toBeGreaterThan(0)
    })

    it('leaves no address of the old site behind', async () => {
      expect(await setting.target.content()).not.toContain(setting.site.host)
    })

    it('says in the source when and how it went', () => {
      expect(source).toMatchObject({
        state: 'done',
        error: null,
        counts: { created: 39, updated: 0, unchanged: 0 },
        differences: [],
      })
      expect(source.finishedAt).toBeInstanceOf(Date)
      expect(Object.keys(source.cursors).toSorted()).toEqual(['members', 'pages', 'posts'])
    })

    it('leaves a second one nothing to create, to update or to download', async () => {
      const versions = await setting.target.rowVersions()
      setting.site.requests.length = 0
      expect(await setting.sync(id)).toMatchObject({ created: 0, updated: 0, unpublished: 0 })
      expect(await setting.target.rowVersions()).toBe(versions)
      expect(setting.site.requests.filter((path) => path.startsWith('/content/'))).toEqual([])
    })

    it('leaves an import of the same site’s file nothing to do', async () => {
      const again = await setting.target.run(archive)
      expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 39 })
    })
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

import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportResult } from './import-ghost.ts'
import { fixture, readFixture } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

interface Expected {
  readonly counts: Readonly<Record<string, number>>
  readonly by: Readonly<Record<string, number>>
  readonly internal_tags: readonly string[]
  readonly posts: readonly {
    readonly id: string
    readonly slug: string
    readonly type: string
    readonly status: string
    readonly visibility: string
    readonly title: string
    readonly featured: boolean
    readonly published_at: string | null
    readonly tags: readonly string[]
    readonly authors: readonly string[]
    readonly tiers: readonly string[]
  }[]
}

describe.each([
  ['ghost-6.65.0-sqlite-export.json', 'ghost-6.65.0-sqlite-expected.json'],
  ['ghost-6.65.0-export-with-images.zip', 'ghost-6.65.0-sqlite-expected.json'],
  ['ghost-5.130.6-mobiledoc-export.json', 'ghost-5.130.6-mobiledoc-expected.json'],
])('importing %s', (name, expectedName) => {
  const expected: Expected = JSON.parse(readFileSync(fixture(expectedName), 'utf8'))
  let target: ImportTarget
  let result: ImportResult
  beforeAll(async () => {
    target = await createImportTarget()
    result = await target.run(fixture(name))
  })
  afterAll(() => target[Symbol.asyncDispose]())

  it('brings as many posts, tags and authors as the site has', async () => {
    const { posts = 0, tags = 0, users = 0 } = expected.counts
    expect(result).toMatchObject({ created: posts + tags + users, updated: 0, unchanged: 0 })
    const [found] = await target.query(`select
      (select count(*)::int from posts) as posts, (select count(*)::int from tags) as tags,
      (select count(*)::int from authors) as users,
      (select count(*)::int from post_tags) as posts_tags,
      (select count(*)::int from post_authors) as posts_authors`)
    const { posts_tags, posts_authors } = expected.counts
    expect(found).toEqual({ posts, tags, users, posts_tags, posts_authors })
    const by = await target.query(
      `select type || '/' || status || '/' || visibility as kind, count(*)::int as count
       from posts group by 1`,
    )
    expect(Object.fromEntries(by.map(({ kind, count }) => [kind, count]))).toEqual(expected.by)
  })

  it('brings each post with its state, its dates and its tags and authors in order', async () => {
    const found = await target.query(`
      select source_id as id, slug, type, status, visibility, title, featured, published_at,
        coalesce((select array_agg(tags.slug order by post_tags.sort_order) from post_tags
          join tags on tags.id = tag_id where post_id = posts.id), '{}') as tags,
        coalesce((select array_agg(authors.slug order by sort_order) from post_authors
          join authors on authors.id = author_id where post_id = posts.id), '{}') as authors,
        coalesce(source_extra->'tiers', '[]') as tiers
      from posts order by source_id`)
    const wanted = expected.posts.map((post) => ({
      id: post.id,
      slug: post.slug,
      type: post.type,
      status: post.status,
      visibility: post.visibility,
      title: post.title,
      featured: post.featured,
      published_at: post.published_at && new Date(`${post.published_at.replace(/Z$/, '')}Z`),
      tags: post.tags,
      authors: post.authors,
      tiers: post.tiers,
    }))
    expect(found).toEqual(wanted.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    const internal = await target.query(`select slug from tags where visibility = 'internal'`)
    expect(internal.map(({ slug }) => slug)).toEqual(expected.internal_tags)
  })

  it('brings no password, no address and no setting of anybody', async () => {
    const { users = [], settings = [] } = readFixture(
      name.replace('export-with-images.zip', 'sqlite-export.json'),
    )
    const secrets = [
      ...users.flatMap(({ password, email }) => [password, email]),
      ...settings
        .filter(({ key }) => /^(password|mailgun_api_key|public_hash)$/.test(String(key)))
        .map(({ value }) => value),
    ].filter((secret) => typeof secret === 'string' && secret.length > 3)
    expect(secrets.length).toBeGreaterThan(users.length)
    const everything = `${await target.content()}${JSON.stringify(
      await target.query('select to_jsonb(i) from content_imports i'),
    )}${JSON.stringify(await target.query('select to_jsonb(a) from ap_activities a'))}`
    expect(secrets.filter((secret) => everything.includes(String(secret)))).toEqual([])
  })

  it('leaves no address of the old site behind', async () => {
    expect(await target.content()).not.toContain('__GHOST_URL__')
  })

  it('a second time writes no row and says so', async () => {
    const before = await target.rowVersions()
    const again = await target.run(fixture(name))
    const total = result.created
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: total, source: result.source })
    expect(await target.rowVersions()).toBe(before)
  })

  it('tells the other services of what can be read now, once', async () => {
    const activities = await target.query(
      `select type, visibility, count(*)::int as count from ap_activities group by 1, 2 order by 1`,
    )
    const published = expected.posts.filter(({ status }) => status === 'published').length
    expect(activities).toEqual([
      { type: 'Create', visibility: 'internal', count: published },
      { type: 'ImportFinished', visibility: 'internal', count: 1 },
    ])
  })
})

describe('the pictures of an archive', () => {
  let target: ImportTarget
  beforeAll(async () => {
    target = await createImportTarget()
    await target.run(fixture('ghost-6.65.0-export-with-images.zip'))
  })
  afterAll(() => target[Symbol.asyncDispose]())

  it('lie in the media folder under their old paths, measured', async () => {
    const rows = await target.query(
      'select path, width, height, content_type from media order by 1',
    )
    expect(rows).toHaveLength(6)
    expect(rows).toContainEqual({
      path: '/content/images/2026/11/harbour-foggy-1.png',
      width: 1200,
      height: 792,
      content_type: 'image/png',
    })
    for (const { path } of rows) {
      expect(
        (await readFile(join(target.folder.mediaFolder, String(path)))).length,
      ).toBeGreaterThan(0)
    }
  })

  it('have the smaller copies that their posts offer, and none larger than themselves', async () => {
    const sizes = join(target.folder.mediaFolder, 'content/images/size')
    expect((await readdir(sizes)).toSorted()).toEqual(['w1000', 'w600'])
    const copy = await sharp(join(sizes, 'w600/2026/11/ledger-foggy-4.png')).metadata()
    expect([copy.width, copy.height, copy.format]).toEqual([600, 720, 'png'])
    const [{ html } = {}] = await target.query(
      `select string_agg(html, '') as html from posts where html like '%srcset%'`,
    )
    const offered = new Set(String(html).match(/\/content\/images\/[^\s"]+(?= \d+w)/g))
    for (const path of offered) {
      expect((await readFile(join(target.folder.mediaFolder, path))).length).toBeGreaterThan(0)
    }
    expect(offered.size).toBeGreaterThan(5)
  })
})

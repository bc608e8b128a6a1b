import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabaseSession } from '@rose-ash/shared/infrastructure/database-session'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GhostFileError, ImportInterruptedError } from './import-error.ts'
import { lockSource } from './import-lock.ts'
import { makeArchive } from './test-archive.ts'
import { type ExportData, examplePost, lexicalOf, wrapExport } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

let target: ImportTarget
beforeAll(async () => {
  target = await createImportTarget()
})
beforeEach(() => target.reset())
afterAll(() => target[Symbol.asyncDispose]())

const dates = { created_at: '2026-01-01 00:00:00', updated_at: '2026-01-02 00:00:00' }
const person = { id: 'a1', name: 'Wren', slug: 'wren', ...dates }
const news = { id: 'b1', name: 'News', slug: 'news', ...dates }

function letters(...columns: Readonly<Record<string, unknown>>[]): ExportData {
  const posts = columns.map((some, index) => examplePost(index + 1, some))
  return {
    posts,
    users: [person],
    tags: [news],
    posts_authors: posts.map(({ id }) => ({ post_id: id, author_id: 'a1', sort_order: 0 })),
    posts_tags: posts.map(({ id }) => ({ post_id: id, tag_id: 'b1', sort_order: 0 })),
  }
}

const later = '2026-05-01 00:00:00'

describe('what has changed at the source', () => {
  it('is one update, and the rest stays as it is', async () => {
    await target.run(letters({}, {}, {}))
    const result = await target.run(letters({}, { title: 'New title', updated_at: later }, {}))
    expect(result).toMatchObject({ created: 0, updated: 1, unchanged: 4, warnings: [] })
    const rows = await target.query('select title, slug, updated_at from posts order by slug')
    expect(rows[1]).toEqual({
      title: 'New title',
      slug: 'letter-2',
      updated_at: new Date(`${later}Z`),
    })
  })

  it('with another slug leads there from the old address, in one step', async () => {
    await target.run(letters({ slug: 'one' }))
    await target.run(letters({ slug: 'two', updated_at: later }))
    await target.run(letters({ slug: 'three', updated_at: later }))
    const redirects = 'select from_path, to_path from redirects order by 1'
    expect(await target.query(redirects)).toEqual([
      { from_path: '/one/', to_path: '/three/' },
      { from_path: '/two/', to_path: '/three/' },
    ])
    await target.run(letters({ slug: 'one', updated_at: later }))
    expect(await target.query(redirects)).toEqual([
      { from_path: '/three/', to_path: '/one/' },
      { from_path: '/two/', to_path: '/one/' },
    ])
    const news = `select type, payload->>'slug' as slug, payload->>'formerSlug' as former
      from ap_activities where object_type = 'Article' order by id`
    expect((await target.query(news)).at(-1)).toEqual({
      type: 'Update',
      slug: 'one',
      former: 'three',
    })
  })

  it('tags and authors move too', async () => {
    const before = letters({})
    await target.run(before)
    const result = await target.run({
      ...before,
      tags: [{ ...news, slug: 'notices', name: 'Notices' }],
      users: [{ ...person, slug: 'jenny-wren' }],
    })
    expect(result).toMatchObject({ created: 0, updated: 2, unchanged: 1 })
    expect(await target.query('select from_path, to_path from redirects order by 1')).toEqual([
      { from_path: '/author/wren/', to_path: '/author/jenny-wren/' },
      { from_path: '/tag/news/', to_path: '/tag/notices/' },
    ])
  })

  it('order of tags counts, and nothing else moves', async () => {
    const data: ExportData = {
      ...letters({}),
      tags: [news, { id: 'b2', name: 'Tea', slug: 'tea' }],
    }
    const [post] = data.posts ?? []
    const tagged = (first: string, second: string) => ({
      ...data,
      posts_tags: [
        { post_id: post?.['id'], tag_id: second, sort_order: 1 },
        { post_id: post?.['id'], tag_id: first, sort_order: 0 },
      ],
    })
    const order = `select string_agg(slug, ' ' order by sort_order) as slugs
      from post_tags join tags on tags.id = tag_id`
    await target.run(tagged('b1', 'b2'))
    expect(await target.query(order)).toEqual([{ slugs: 'news tea' }])
    expect(await target.run(tagged('b2', 'b1'))).toMatchObject({ updated: 1, unchanged: 3 })
    expect(await target.query(order)).toEqual([{ slugs: 'tea news' }])
  })

  it('and was edited here meanwhile is kept as it is here, with a warning', async () => {
    await target.run(letters({}))
    await target.query(`update posts set title = 'Ours', updated_at = now()`)
    const result = await target.run(letters({ title: 'Theirs', updated_at: later }))
    expect(result).toMatchObject({ updated: 0, unchanged: 3 })
    expect(result.warnings).toEqual([
      '“Theirs”: it was edited here and there; what is here was kept.',
    ])
    expect(await target.query('select title from posts')).toEqual([{ title: 'Ours' }])
  })

  it('a post that is a draft again can be read no longer', async () => {
    await target.run(letters({}))
    await target.run(letters({ status: 'draft', updated_at: later }))
    const types = await target.query(
      `select type from ap_activities where object_type = 'Article' order by id`,
    )
    expect(types.map(({ type }) => type)).toEqual(['Create', 'Delete'])
  })

  it('the site’s title may change: it is known again by its posts', async () => {
    const settings = (title: string) => [{ key: 'title', value: title }]
    const first = await target.run({ ...letters({}), settings: settings('Pebble & Tide') })
    expect(first.source).toBe('ghost:pebble-and-tide')
    const second = await target.run({ ...letters({}), settings: settings('Something else') })
    expect(second).toMatchObject({ source: 'ghost:pebble-and-tide', created: 0, unchanged: 3 })
  })
})

describe('what is here already', () => {
  it('keeps its slug, and the imported post gets a number and a warning', async () => {
    await target.query(`insert into posts (type, slug, title, status, lexical)
      values ('post', 'letter-1', 'Local', 'published', '{}')`)
    const result = await target.run(letters({}))
    expect(result.warnings).toEqual([
      '“Letter 1”: the post is at “letter-1-2”, since “letter-1” was taken.',
    ])
    expect(await target.query('select slug, title from posts order by slug')).toEqual([
      { slug: 'letter-1', title: 'Local' },
      { slug: 'letter-1-2', title: 'Letter 1' },
    ])
    expect(await target.run(letters({}))).toMatchObject({ created: 0, updated: 0, warnings: [] })
    await target.run(letters({ title: 'Changed', updated_at: later }))
    expect(await target.query(`select slug from posts where title = 'Changed'`)).toEqual([
      { slug: 'letter-1-2' },
    ])
  })

  it('a page and a post may share a slug; an address of the site itself is not given away', async () => {
    await target.run(letters({ slug: 'tea' }, { slug: 'tea', type: 'page' }, { slug: 'admin' }))
    expect(await target.query('select type, slug from posts order by 1, 2')).toEqual([
      { type: 'page', slug: 'tea' },
      { type: 'post', slug: 'admin-2' },
      { type: 'post', slug: 'tea' },
    ])
  })

  it('a tag of the same name is used as it is', async () => {
    await target.query(`insert into tags (slug, name, description) values ('news', 'news', 'Ours')`)
    expect(await target.run(letters({}))).toMatchObject({ created: 2, unchanged: 1 })
    expect(await target.run(letters({}))).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
    const found = await target.query(
      'select slug, description, source from post_tags join tags on tags.id = tag_id',
    )
    expect(found).toEqual([{ slug: 'news', description: 'Ours', source: null }])
  })
})

describe('the file', () => {
  it('may hold its tables in any order, and bare', async () => {
    const data = letters({}, {})
    await target.run(data)
    const before = await target.content()
    await target.reset()
    const reversed = Object.fromEntries(Object.entries(data).toReversed())
    await target.run(await target.folder.write('bare.json', JSON.stringify({ data: reversed })))
    expect(await target.content()).toBe(before)
  })

  it('that names what it does not hold is imported with warnings', async () => {
    const data = letters({ lexical: '{"root":', html: '<p>kept</p>' })
    const result = await target.run({ ...data, tags: [], users: [], unknown_table: [{ id: 1 }] })
    expect(result.created).toBe(1)
    expect(result.warnings).toEqual([
      '“Letter 1”: its text is damaged in the file and was read from an older form.',
      '“Letter 1”: a tag of it is not in the file.',
      '“Letter 1”: an author of it is not in the file.',
    ])
    expect(await target.query('select html from posts')).toEqual([{ html: '<p>kept</p>' }])
  })

  it('with the same post twice brings it once', async () => {
    const data = letters({}, {})
    const [first, second] = data.posts ?? []
    const result = await target.run({
      ...data,
      posts: [{ ...first }, { ...second, id: first?.['id'] }],
    })
    expect(result).toMatchObject({ created: 3 })
    expect(result.warnings[0]).toContain('two posts of the id')
    expect(await target.query('select title from posts')).toEqual([{ title: 'Letter 1' }])
  })

  it('with text that PostgreSQL does not take is imported without it', async () => {
    const lexical = lexicalOf('a\0b \uD800 c').replaceAll('\0', '\\u0000')
    await target.run(letters({ title: 'Nul\0', lexical }))
    expect(await target.query('select title, plaintext from posts')).toEqual([
      { title: 'Nul', plaintext: 'ab \uFFFD c' },
    ])
  })

  it.each<[string, ExportData, RegExp]>([
    ['a date', letters({}, { published_at: 'soon' }), /row 2, field “published_at”/],
    ['a title', letters({}, { title: null }), /table “posts”, row 2, field “title”/],
    ['a state', letters({ status: 'lost' }), /field “status”/],
    ['an id', letters({ id: '' }), /field “id”/],
    ['a tag’s name', { ...letters({}), tags: [{ id: '1' }] }, /table “tags”, row 1, field “name”/],
    [
      'a relation',
      { ...letters({}), posts_tags: [{ post_id: 'x' }] },
      /“posts_tags”, row 1, field “tag_id”/,
    ],
    [
      'an author',
      { ...letters({}), users: [{ id: 'x', password: 'hunter2' }] },
      /“users”, row 1, field “name”/,
    ],
  ])('that is wrong about %s changes nothing and names the place', async (_what, data, message) => {
    const before = await target.rowVersions()
    await expect(target.run(data)).rejects.toThrow(GhostFileError)
    await expect(target.run(data)).rejects.toThrow(message)
    await expect(target.run(data)).rejects.not.toThrow('hunter2')
    expect(await target.rowVersions()).toBe(before)
    expect(await target.query('select * from content_imports')).toEqual([])
  })

  it('that is wrong at its very end changes nothing, of an archive neither', async () => {
    const json = wrapExport(letters({}, {})).slice(0, -3)
    const picture = { name: 'content/images/a.png', content: 'x' }
    const archive = makeArchive([picture, { name: 'site.json', content: json }])
    for (const file of [
      await target.folder.write('cut.json', json),
      await target.folder.write('cut.zip', archive),
    ]) {
      await expect(target.run(file)).rejects.toThrow('ends too early')
      expect(await target.query('select id from posts')).toEqual([])
      expect(await target.query('select path from media')).toEqual([])
    }
  })
})

describe('pictures', () => {
  const png = (shade: number) =>
    sharp({ create: { width: 700, height: 10, channels: 3, background: { r: shade, g: 0, b: 0 } } })
      .png()
      .toBuffer()
  const path = 'content/images/2026/a.png'

  async function archive(picture: Uint8Array, data: ExportData): Promise<string> {
    const entries = [
      { name: 'site.json', content: wrapExport(data) },
      { name: path, content: picture },
    ]
    return target.folder.write('export.zip', makeArchive(entries))
  }

  it('of two sites under one name do not overwrite one another', async () => {
    const shows = { feature_image: `__GHOST_URL__/${path}` }
    await target.run(await archive(await png(10), letters(shows)), { siteName: 'one' })
    const second = await archive(await png(200), letters(shows))
    await target.run(second, { siteName: 'two' })
    const rows = await target.query('select feature_image, source from posts order by source')
    expect(rows[0]).toEqual({ feature_image: `/${path}`, source: 'ghost:one' })
    expect(rows[1]?.['feature_image']).toMatch(/^\/content\/images\/2026\/a-[0-9a-f]{8}\.png$/)
    expect(await target.query('select path from media')).toHaveLength(2)
    const before = await target.rowVersions()
    await target.run(second, { siteName: 'two' })
    expect(await target.rowVersions()).toBe(before)
  })

  it('that are damaged are taken over with a warning', async () => {
    const whole = await png(1)
    const half = whole.subarray(0, whole.length - 20)
    for (const [content, warning] of [
      [half, /The picture \/content\/images\/2026\/a\.png is damaged/],
      [Buffer.from('not a picture'), /is no picture/],
    ] as const) {
      await rm(target.folder.mediaFolder, { recursive: true, force: true })
      await target.query('delete from media')
      const result = await target.run(await archive(content, letters({})))
      expect(result.warnings[0]).toMatch(warning)
    }
  })

  it('that lie in the media folder already need no archive', async () => {
    const shows = letters({ feature_image: '__GHOST_URL__/content/images/2026/a.png' })
    const file = join(target.folder.mediaFolder, path)
    await target.run(await archive(await png(1), letters({})), { siteName: 'one' })
    await target.query('delete from media')
    expect((await sharp(file).metadata()).width).toBe(700)
    expect((await target.run(shows, { siteName: 'two' })).warnings).toEqual(
      [
        '“Letter 1”: the post is at “letter-1-2”, since “letter-1” was taken.',
        'The author “Wren” is at “wren-2”, since “wren” was taken.',
      ].toReversed(),
    )
    expect(await target.query('select path, width from media')).toEqual([
      { path: `/${path}`, width: 700 },
    ])
  })

  it('that are missing or elsewhere are named with their post', async () => {
    const result = await target.run(
      letters({
        feature_image: 'https://pictures.example.org/gull.jpg',
        lexical: lexicalOf('x').replace(
          '"children":[{',
          '"children":[{"type":"image","src":"__GHOST_URL__/content/images/gone.png"},{',
        ),
      }),
    )
    expect(result.warnings).toEqual([
      '“Letter 1”: files it names are missing: /content/images/gone.png.',
      '“Letter 1”: pictures on other sites were not taken over: https://pictures.example.org/gull.jpg.',
    ])
  })
})

describe('an import', () => {
  it('waits for nobody: while another of the same site runs it says so', async () => {
    await using session = await openDatabaseSession(target.connection.database)
    await lockSource(session.database, 'ghost:site')
    await expect(target.run(letters({}))).rejects.toThrow('Another import of ghost:site is running')
    expect(await target.query('select * from content_imports')).toEqual([])
    expect((await target.run(letters({}), { siteName: 'other' })).created).toBe(3)
  })

  it('that is interrupted is noted, and goes on when it is run again', async () => {
    const data = letters(...Array.from({ length: 60 }, () => ({})))
    const stop = new AbortController()
    const interrupted = target.run(data, {
      signal: stop.signal,
      onProgress({ phase, processed }) {
        if (phase === 'posts' && processed >= 50) stop.abort(new ImportInterruptedError())
      },
    })
    // The last batch is done before the signal is looked at again.
    await expect(interrupted).rejects.toThrow(ImportInterruptedError)
    expect(await target.query('select state from content_imports')).toEqual([{ state: 'failed' }])
    const result = await target.run(data)
    expect(result.created + result.unchanged).toBe(62)
    expect(result.unchanged).toBeGreaterThanOrEqual(52)
  })

  it('tells how far it is', async () => {
    const seen: string[] = []
    await target.run(letters({}, {}), {
      onProgress: ({ phase, processed, total }) => seen.push(`${phase} ${processed}/${total}`),
    })
    expect(seen.filter((line) => !line.startsWith('reading'))).toEqual([
      'tags 1/1',
      'authors 1/1',
      'posts 2/2',
    ])
  })

  it('leaves a record with its counts', async () => {
    const result = await target.run(letters({}), { fileName: 'site.json' })
    const columns = 'id, state, source, file_name, total_count, created_count, unchanged_count'
    expect(await target.query(`select ${columns} from content_imports`)).toEqual([
      {
        id: result.importId,
        state: 'done',
        source: 'ghost:site',
        file_name: 'site.json',
        total_count: 3,
        created_count: 3,
        unchanged_count: 0,
      },
    ])
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ExportData, letters } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

let target: ImportTarget
beforeAll(async () => {
  target = await createImportTarget()
})
beforeEach(() => target.reset())
afterAll(() => target[Symbol.asyncDispose]())

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
    const [tag] = before.tags ?? []
    const [person] = before.users ?? []
    await target.run(before)
    const result = await target.run({
      ...before,
      tags: [{ ...tag, slug: 'notices', name: 'Notices' }],
      users: [{ ...person, slug: 'jenny-wren' }],
    })
    expect(result).toMatchObject({ created: 0, updated: 2, unchanged: 1 })
    expect(await target.query('select from_path, to_path from redirects order by 1')).toEqual([
      { from_path: '/author/wren/', to_path: '/author/jenny-wren/' },
      { from_path: '/tag/news/', to_path: '/tag/notices/' },
    ])
  })

  it('order of tags counts, and nothing else moves', async () => {
    const base = letters({})
    const data: ExportData = {
      ...base,
      tags: [...(base.tags ?? []), { id: 'b2', name: 'Tea', slug: 'tea' }],
    }
    const [post] = data.posts ?? []
    const tagged = (first: string, second: string) => ({
      ...data,
      posts_tags: [
        { post_id: post?.['id'], tag_id: second, sort_order: 1 },
        { post_id: post?.['id'], tag_id: first, sort_order: 0 },
      ],
    })
    const order = `select string_agg(slug, ' ' order by post_tags.sort_order) as slugs
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

import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestContentApi, type TestContentApi } from './test-content-api.ts'

let api: TestContentApi
const ids: Record<string, string> = {}
beforeAll(async () => {
  api = await createTestContentApi()
  const { database } = api.connection
  await api.connection.pool.query(
    `insert into content_imports (source, file_name, state) values ('ghost:quay', 'a.json', 'done')`,
  )
  const tag = (slug: string, visibility: 'public' | 'internal' = 'public') =>
    createTag(database, { slug, name: slug, visibility })
  const [bread, tide, hidden] = [
    await tag('bread'),
    await tag('tide'),
    await tag('hash-x', 'internal'),
  ]
  const [wren, maud] = [
    await createAuthor(database, { slug: 'wren' }),
    await createAuthor(database, { slug: 'maud' }),
  ]
  const day = (number: number) => new Date(Date.UTC(2026, 0, number, 12))
  const add = async (slug: string, values: Parameters<typeof createPost>[1]) => {
    ids[slug] = (await createPost(database, { slug, title: slug, ...values })).id
  }
  await add('a', { tags: [bread, tide], authors: [wren], publishedAt: day(1), featured: true })
  await add('b', {
    tags: [tide],
    authors: [maud, wren],
    publishedAt: day(2),
    title: "Maud's 50% rye_",
  })
  await add('c', { tags: [hidden, bread], publishedAt: day(3), visibility: 'members' })
  await add('d', {
    publishedAt: new Date(),
    featureImage: '/content/a.png',
    source: 'ghost:quay',
    sourceId: 'f'.repeat(24),
  })
})
afterAll(() => api[Symbol.asyncDispose]())

async function found(filter: string): Promise<string> {
  const { status, body } = await api.ask('posts/', { filter, order: 'slug asc', fields: 'slug' })
  expect(body.errors).toBeUndefined()
  expect(status).toBe(200)
  return body.posts.map(({ slug }: { slug: string }) => slug).join('')
}

describe('a filter of posts', () => {
  it.each([
    ['featured:true', 'a'],
    ['featured:-true', 'bcd'],
    ['slug:[a,d,nothing]', 'ad'],
    ['slug:-[a,d]', 'bc'],
    ['slug:>b', 'cd'],
    ['tag:bread', 'ac'],
    ['tags:-bread', 'bd'],
    ['tags.slug:[bread,tide]', 'abc'],
    ['tag:bread+tag:tide', 'a'],
    ['tag:null', 'd'],
    ['tag:-null', 'abc'],
    ['tags.visibility:internal', 'c'],
    ['primary_tag:bread', 'a'],
    ['primary_tag:tide', 'b'],
    ['primary_tag:null', 'cd'],
    ['author:wren', 'ab'],
    ['authors:maud', 'b'],
    ['primary_author:wren', 'a'],
    ['primary_author.slug:-wren', 'bcd'],
    ['visibility:public', 'abd'],
    ['published_at:>2026-01-02', 'bcd'],
    [`published_at:<='2026-01-02 12:00:00'`, 'ab'],
    [`published_at:'2026-01-02T13:00:00+01:00'`, 'b'],
    ['published_at:>now-1d', 'd'],
    ['published_at:<now-1d,slug:d', 'abcd'],
    ['feature_image:null', 'abc'],
    ['feature_image:-null', 'd'],
    ['feature_image:-/content/other.png', 'abcd'],
    [`title:~'50%'`, 'b'],
    [`title:~'0_'`, ''],
    [`title:~^maud`, 'b'],
    [`title:~$'rye_'`, 'b'],
    [`title:-~rye`, 'acd'],
    [`title:'Maud\\'s 50% rye_'`, 'b'],
    ['page:false', 'abcd'],
    ['page:true', ''],
    ['status:published+type:post', 'abcd'],
    ['(tag:tide,featured:true)+slug:-a', 'b'],
    ['tag:bread featured:true', 'a'],
    [`id:${'f'.repeat(24)}`, 'd'],
    [`id:-${'f'.repeat(24)}`, 'abc'],
  ])('%s finds %s', async (filter, slugs) => {
    expect(await found(filter)).toBe(slugs)
  })

  it('knows posts by our ids too', async () => {
    expect(await found(`id:[${ids['a']},${ids['d']}]`)).toBe('ad')
    expect(await found(`id:-${ids['a']}`)).toBe('bcd')
  })

  it.each([
    ['tag:bread+', 'character 11'],
    ['author_email:a', 'character 1'],
    ['slug:a+__proto__:b', 'character 8'],
    ['featured:yes', 'character 1'],
    ['slug:a,published_at:>soon', 'character 8'],
    ['published_at:>2026-13-45', 'character 1'],
    ['id:>a', 'character 1'],
    [`slug:'${'a'.repeat(2000)}'`, 'character 2001'],
  ])('that is wrong is refused and told where: %s', async (filter, where) => {
    const { status, body } = await api.ask('posts/', { filter })
    expect(status).toBe(400)
    expect(body.errors[0]).toMatchObject({
      type: 'BadRequestError',
      message: 'Error parsing filter',
    })
    expect(body.errors[0].context).toContain(where)
  })

  it('with a character that cannot be kept is refused', async () => {
    const { status, body } = await api.ask('posts/', { filter: `slug:'a\0'` })
    expect([status, body.errors[0].type]).toEqual([400, 'BadRequestError'])
  })
})

describe('filters of other things', () => {
  it.each([
    ['tags', 'visibility:public', ['bread', 'tide']],
    ['tags', 'slug:-[bread,tide]', ['hash-x']],
    ['authors', 'slug:maud', ['maud']],
  ])('%s by %s', async (name, filter, slugs) => {
    const { body } = await api.ask(`${name}/`, { filter, order: 'slug asc' })
    expect(body[name].map(({ slug }: { slug: string }) => slug)).toEqual(slugs)
  })

  it('tags and authors in the order of how many posts they have', async () => {
    for (const [name, slugs] of [
      ['tags', ['bread', 'tide', 'hash-x']],
      ['authors', ['wren', 'maud']],
    ] as const) {
      const { body } = await api.ask(`${name}/`, { order: 'count.posts desc, slug asc' })
      expect(body[name].map(({ slug }: { slug: string }) => slug)).toEqual(slugs)
      expect(body[name][0]).not.toHaveProperty('count')
    }
  })
})

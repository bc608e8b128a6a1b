import { createTestApp, type TestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBlogApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog: TestApp = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'posts', 'tags', 'authors'))

async function get(url: string) {
  const answer = await blog.app.inject({ url, headers: { accept: 'text/html' } })
  return { status: answer.statusCode, body: answer.body }
}

/** The titles of the posts on a page, in order. */
function titlesOf(body: string): string[] {
  return [...body.matchAll(/class="post-card-title"><a [^>]*>([^<]*)</g)].map(([, title]) => title!)
}

/** `Post 1` is the newest. */
async function createPosts(count: number, values: Parameters<typeof createPost>[1] = {}) {
  for (let number = 1; number <= count; number += 1) {
    const publishedAt = new Date(Date.UTC(2026, 0, 1) - number * 86_400_000)
    await createPost(database, { title: `Post ${number}`, publishedAt, ...values })
  }
}

const posts = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `Post ${from + index}`)

describe('the home page', () => {
  test('says so when nothing is written yet', async () => {
    const { status, body } = await get('/')
    expect(status).toBe(200)
    expect(body).toContain('Nothing written yet')
    expect(body).not.toContain('class="pagination"')
    expect((await get('/page/2/')).status).toBe(404)
  })

  test.each([1, 12])('shows %i post(s) on one page, newest first', async (count) => {
    await createPosts(count)
    const { body } = await get('/')
    expect(titlesOf(body)).toEqual(posts(1, count))
    expect(body).not.toContain('class="pagination"')
    expect(body.match(/post-card-lead/g)).toHaveLength(1)
    expect((await get('/page/2/')).status).toBe(404)
  })

  test('shows pictures in sizes for each screen, and what they are like until they have come', async () => {
    await connection.pool.query(
      `insert into media (path, content_hash, content_type, size_bytes, width, height, placeholder)
       values ('/content/images/loaf.jpg', '', 'image/jpeg', 1, 900, 600, 'data:image/webp;base64,bG9hZg==')
       on conflict do nothing`,
    )
    await createPost(database, { title: 'Loaf', featureImage: '/content/images/loaf.jpg' })
    const { body } = await get('/')
    const tag = /<div class="post-card-picture">\s*(<img [^>]*>)/.exec(body)?.[1]
    expect(tag).toContain(
      'srcset="/content/images/size/w600/loaf.jpg 600w, /content/images/loaf.jpg 900w" sizes="(min-width: 76rem) 42rem, ',
    )
    expect(tag).toContain('data-blur="data:image/webp;base64,bG9hZg&#x3D;&#x3D;"')
  })

  test('goes on on a second page with the thirteenth', async () => {
    await createPosts(13)
    const first = await get('/')
    expect(titlesOf(first.body)).toEqual(posts(1, 12))
    expect(first.body).toContain('<a rel="next" href="/page/2/">')
    expect(first.body).not.toContain('rel="prev"')
    const second = await get('/page/2/')
    expect(titlesOf(second.body)).toEqual(['Post 13'])
    expect(second.body).toContain('<a rel="prev" href="/">')
    expect(second.body).not.toContain('rel="next"')
    expect(second.body).toContain('Page 2 of 2')
    expect(second.body).toContain('rel="canonical" href="http://blog.localhost/page/2/"')
    expect(second.body).not.toContain('post-card-lead')
  })

  test('has one address, whichever way its first page is asked for', async () => {
    await createPosts(1)
    for (const url of ['/', '/page/1/', '/page/1', '/?page=2']) {
      const { status, body } = await get(url)
      expect(status).toBe(200)
      expect(body).toContain('rel="canonical" href="http://blog.localhost/"')
    }
  })

  test.each([
    '/page/3/',
    '/page/0/',
    '/page/-1/',
    '/page/abc/',
    '/page/1.5/',
    '/page/1e1/',
    '/page/',
  ])('has no page %s', async (url) => {
    await createPosts(13)
    expect((await get(url)).status).toBe(404)
  })

  test('keeps its order and loses no post when many were published at once', async () => {
    await createPosts(25, { publishedAt: new Date('2026-01-01T00:00:00Z') })
    const pages = await Promise.all(['/', '/page/2/', '/page/3/'].map(get))
    const titles = pages.flatMap(({ body }) => titlesOf(body))
    expect(titles.toSorted()).toEqual(posts(1, 25).toSorted())
  })
})

describe('a list', () => {
  test('shows what is published, and nothing that is not a post', async () => {
    const tag = await createTag(database, { slug: 'bread' })
    const author = await createAuthor(database, { slug: 'bakers' })
    const names = { tags: [tag], authors: [author] }
    for (const status of ['draft', 'scheduled', 'sent', 'published'] as const) {
      await createPost(database, { title: `It is ${status}`, status, ...names })
    }
    await createPost(database, { title: 'A page', type: 'page', ...names })
    for (const url of ['/', '/tag/bread/', '/author/bakers/']) {
      expect(titlesOf((await get(url)).body)).toEqual(['It is published'])
    }
    expect((await get('/tags/')).body).toContain('1 story')
  })

  test('gives nothing away of what only members may read', async () => {
    const plaintext = 'The secret is the sourdough.'
    for (const visibility of ['members', 'paid', 'tiers'] as const) {
      await createPost(database, { title: visibility, visibility, plaintext, html: plaintext })
    }
    await createPost(database, { visibility: 'members', plaintext, customExcerpt: 'On dough.' })
    const { body } = await get('/')
    expect(titlesOf(body)).toHaveLength(4)
    expect(body).not.toContain('sourdough')
    expect(body).toContain('On dough.')
  })

  test('shows the names of people and things as text', async () => {
    const evil = `<img src=x onerror="alert('1')">`
    const tag = await createTag(database, { slug: 'x', name: evil, description: evil })
    const author = await createAuthor(database, { slug: 'x', name: evil, bio: evil })
    await createPost(database, {
      title: evil,
      customExcerpt: evil,
      featureImage: `/content/images/"onload=${evil}.png`,
      featureImageAlt: evil,
      tags: [tag],
      authors: [author],
    })
    for (const url of ['/', '/tag/x/', '/author/x/', '/tags/']) {
      const { status, body } = await get(url)
      expect(status).toBe(200)
      expect(body).not.toContain('<img src=x')
      expect(body).not.toMatch(/<[^>]+\sonerror=["']/)
      expect(body).toContain('&lt;img src')
    }
  })

  test('names the first tag, and none when the first is internal', async () => {
    const bread = await createTag(database, { slug: 'bread', name: 'Bread' })
    const mill = await createTag(database, { slug: 'mill', name: 'The mill' })
    const hash = await createTag(database, {
      slug: 'hash-pin',
      name: '#pin',
      visibility: 'internal',
    })
    await createPost(database, { title: 'One', tags: [mill, bread] })
    const first = (await get('/')).body
    expect(first).toContain('<p class="eyebrow"><a href="/tag/mill/">The mill</a></p>')
    expect(first).not.toContain('/tag/bread/')
    await emptyTables(connection.pool, 'posts')
    await createPost(database, { title: 'Two', tags: [hash, bread] })
    const second = (await get('/')).body
    expect(second).not.toContain('class="eyebrow"')
    expect(second).not.toContain('#pin')
  })

  test('names authors in their order', async () => {
    const ada = await createAuthor(database, { name: 'Zither players' })
    const bee = await createAuthor(database, { name: 'Beekeepers' })
    await createPost(database, { authors: [ada, bee] })
    expect((await get('/')).body).toContain('<span>Zither players, Beekeepers</span>')
  })

  test('costs as many queries for twelve posts as for one', async () => {
    const tag = await createTag(database, { slug: 'bread' })
    const author = await createAuthor(database, { slug: 'bakers' })
    const count = async (url: string) => {
      const spy = vi.spyOn(connection.pool, 'query')
      expect((await get(url)).status).toBe(200)
      const { length } = spy.mock.calls
      spy.mockRestore()
      return length
    }
    const countAll = async () => {
      const counts: Record<string, number> = {}
      for (const url of ['/', '/tag/bread/', '/author/bakers/', '/tags/']) {
        counts[url] = await count(url)
      }
      return counts
    }
    await createPosts(1, { tags: [tag], authors: [author] })
    const few = await countAll()
    await createPosts(30, { tags: [tag], authors: [author] })
    expect(await countAll()).toEqual(few)
    expect(Math.max(...Object.values(few))).toBeLessThanOrEqual(5)
  })
})

describe('the page of a tag', () => {
  test('says what it is about and goes on over pages', async () => {
    const tag = await createTag(database, { slug: 'bread', name: 'Bread', description: 'Of rye.' })
    await createPosts(13, { tags: [tag] })
    await createPost(database, { title: 'Of something else' })
    const { body } = await get('/tag/bread/')
    expect(body).toContain('<h1>Bread</h1>')
    expect(body).toContain('Of rye.')
    expect(body).toContain('13 stories')
    expect(titlesOf(body)).toEqual(posts(1, 12))
    expect(body).toContain('href="/tag/bread/page/2/"')
    expect(titlesOf((await get('/tag/bread/page/2/')).body)).toEqual(['Post 13'])
    expect((await get('/tag/bread/page/3/')).status).toBe(404)
    expect((await get('/tag/bread/page/x/')).status).toBe(404)
  })

  test('is found by a name in any script', async () => {
    const tag = await createTag(database, { slug: 'brød', name: 'Brød' })
    await createPost(database, { title: 'Rugbrød', tags: [tag] })
    const { status, body } = await get(encodeURI('/tag/brød/'))
    expect(status).toBe(200)
    expect(titlesOf(body)).toEqual(['Rugbrød'])
  })

  test('is not there for an internal tag, and no list of tags has it', async () => {
    const tag = await createTag(database, {
      slug: 'hash-pin',
      name: '#pin',
      visibility: 'internal',
    })
    await createPost(database, { tags: [tag] })
    expect((await get('/tag/hash-pin/')).status).toBe(404)
    const { body } = await get('/tags/')
    expect(body).toContain('No tags yet')
    expect(body).not.toContain('#pin')
  })

  test('is there for a tag without posts, and the list of tags leaves it out', async () => {
    await createTag(database, { slug: 'empty', name: 'Emptiness' })
    expect((await get('/tag/empty/')).body).toContain('Nothing here yet')
    expect((await get('/tags/')).body).not.toContain('Emptiness')
  })
})

describe('the page of an author', () => {
  test('tells who they are and what they wrote', async () => {
    const author = await createAuthor(database, { slug: 'bakers', name: 'Bakers', bio: 'We bake.' })
    await createPost(database, { title: 'By the bakers', authors: [author] })
    await createPost(database, { title: 'By others' })
    const { body } = await get('/author/bakers/')
    expect(body).toContain('<h1>Bakers</h1>')
    expect(body).toContain('We bake.')
    expect(body).toContain('1 story')
    expect(titlesOf(body)).toEqual(['By the bakers'])
    expect((await get('/author/nobody/')).status).toBe(404)
  })

  test('has a whole letter for a face, in any script', async () => {
    await createAuthor(database, { slug: 'x', name: '🌾 Field kitchen' })
    expect((await get('/author/x/')).body).toContain('aria-hidden="true">🌾<')
  })
})

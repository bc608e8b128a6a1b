import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createUser } from '@rose-ash/testing/factories/member'
import { createPage } from '@rose-ash/testing/factories/page'
import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { reservedSlugs } from '../../services/ghost/slugs.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'posts', 'tags', 'authors', 'redirects'))

async function get(url: string, cookies: Record<string, string> = {}) {
  const answer = await blog.app.inject({ url, headers: { accept: 'text/html' }, cookies })
  const { location } = answer.headers
  return { status: answer.statusCode, body: answer.body, location }
}

describe('a post', () => {
  test('is shown with its people, its tags and its neighbours', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 2, day, 9))
    const bread = await createTag(database, { slug: 'bread', name: 'Bread' })
    const bakers = await createAuthor(database, { slug: 'bakers', name: 'Bakers', bio: 'We bake.' })
    await createPost(database, { slug: 'older', title: 'Older', publishedAt: at(1) })
    await createPost(database, { slug: 'newer', title: 'Newer', publishedAt: at(3) })
    await createPost(database, { slug: 'unseen', status: 'draft', publishedAt: at(2) })
    await createPost(database, {
      slug: 'rye',
      title: 'Rye',
      html: '<p>Flour &amp; water.</p>',
      publishedAt: at(2),
      readingMinutes: 7,
      tags: [bread],
      authors: [bakers],
    })
    const { status, body } = await get('/rye/')
    expect(status).toBe(200)
    expect(body).toContain('<h1>Rye</h1>')
    expect(body).toContain('<p>Flour &amp; water.</p>')
    expect(body).toContain('<a href="/author/bakers/" rel="author">Bakers</a>')
    expect(body).toContain('We bake.')
    expect(body).toContain('<p class="eyebrow"><a href="/tag/bread/">Bread</a></p>')
    expect(body).toContain('<a class="tag" href="/tag/bread/">Bread</a>')
    expect(body).toContain('<time datetime="2026-03-02T09:00:00.000Z">2 Mar 2026</time>')
    expect(body).toContain('7 min read')
    expect(body).toMatch(/rel="prev" href="\/older\/"><small>Before<\/small>Older/)
    expect(body).toMatch(/rel="next" href="\/newer\/"><small>After<\/small>Newer/)
    expect(body).toContain('rel="canonical" href="http://blog.localhost/rye/"')
    expect(body).toContain('<meta name="description" content="Flour, water and salt.">')
  })

  test('has one address with or without its last slash', async () => {
    await createPost(database, { slug: 'rye' })
    for (const url of ['/rye', '/rye/', '/rye/?from=mail']) {
      const { status, body } = await get(url)
      expect(status).toBe(200)
      expect(body).toContain('rel="canonical" href="http://blog.localhost/rye/"')
    }
  })

  test.each(['draft', 'scheduled', 'sent'] as const)(
    'is nowhere while it is %s',
    async (status) => {
      await createPost(database, { slug: 'rye', status })
      await createPage(database, { slug: 'mill', status })
      expect((await get('/rye/')).status).toBe(404)
      expect((await get('/mill/')).status).toBe(404)
    },
  )

  test('gives way to a page of the same slug', async () => {
    await createPost(database, { slug: 'about', title: 'About a boy' })
    await createPage(database, { slug: 'about', title: 'About us' })
    const { body } = await get('/about/')
    expect(body).toContain('<h1>About us</h1>')
    expect(body).not.toContain('min read')
  })

  test('is shown when the page of the same slug is a draft', async () => {
    await createPost(database, { slug: 'about', title: 'About a boy' })
    await createPage(database, { slug: 'about', title: 'About us', status: 'draft' })
    expect((await get('/about/')).body).toContain('<h1>About a boy</h1>')
  })

  test.each(['brød', 'хлеб', 'パン', '🍞', "l'été", 'a+b', '100%'])(
    'is found by a name in any script: %s',
    async (slug) => {
      await createPost(database, { slug, title: 'Found', visibility: 'members' })
      const { status, body } = await get(`/${encodeURIComponent(slug)}/`)
      expect(status).toBe(200)
      expect(body).toContain('<h1>Found</h1>')
      // The way to sign in leads back here.
      const next = /href="(\/auth\/login\?next[^"]+)"/
        .exec(body)?.[1]
        ?.replaceAll('&#x3D;', '=')
        .replaceAll('&#x27;', "'")
      const path = new URL(next ?? '', 'http://blog.localhost').searchParams.get('next')
      expect(path).toBe(`/${encodeURIComponent(slug)}/`)
    },
  )

  test.each([
    '/%00/',
    '///evil.example/',
    '//evil.example/?a',
    "/'; drop table posts; --/",
    '/..%2f..%2fetc/',
    `/${'x'.repeat(500)}/`,
  ])('is not there at an address that nobody has: %s', async (url) => {
    expect((await get(url)).status).toBe(404)
  })

  test('has an address that no page of the blog has', () => {
    const own = blog.app
      .printRoutes({ commonPrefix: false })
      .split('\n')
      .flatMap((line) => /^ {4}[├└]── ([a-z][a-z-]*) \(GET/.exec(line)?.[1] ?? [])
    expect(own).toEqual(expect.arrayContaining(['admin', 'archive', 'oembed', 'search', 'tags']))
    expect(own.filter((slug) => !reservedSlugs.has(slug))).toEqual([])
  })

  test.each(['tags', 'health', 'ready'])('of a name that is taken gives way: %s', async (slug) => {
    await createPost(database, { slug, title: 'Shadowed' })
    const { status, body } = await get(`/${slug}/`)
    expect(status).toBe(200)
    expect(body).not.toContain('Shadowed')
  })

  test.each(['tag', 'author', 'page', 'assets', 'content', 'auth', 'internal'])(
    'may have a name that only begins other addresses: %s',
    async (slug) => {
      await createPost(database, { slug, title: 'Found' })
      expect((await get(`/${slug}/`)).body).toContain('<h1>Found</h1>')
    },
  )

  test('shows what people wrote about it as text', async () => {
    const evil = `"><script>alert('1')</script>`
    const tag = await createTag(database, { name: evil })
    const author = await createAuthor(database, { name: evil, bio: evil, profileImage: evil })
    const names = { tags: [tag], authors: [author], title: evil, customExcerpt: evil }
    await createPost(database, { slug: 'before', title: evil, publishedAt: new Date(0) })
    await createPost(database, { slug: 'x', ...names, featureImage: evil, featureImageAlt: evil })
    const { status, body } = await get('/x/')
    expect(status).toBe(200)
    expect(body).not.toContain('<script>alert')
    expect(body.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(8)
  })

  test('says to machines what its author chose to say', async () => {
    await createPost(database, {
      slug: 'rye',
      title: 'Rye',
      language: 'da',
      canonicalUrl: 'https://elsewhere.example/rye/',
      featureImage: '/content/images/rye.png',
      meta: {
        metaTitle: 'All of rye',
        metaDescription: 'Dark & sour.',
        ogImage: '/content/og.png',
      },
    })
    const { body } = await get('/rye/')
    expect(body).toContain('<html lang="da">')
    expect(body).toContain('<title>All of rye · Rose Ash</title>')
    expect(body).toContain('<meta name="description" content="Dark &amp; sour.">')
    expect(body).toContain('content="http://blog.localhost/content/og.png"')
    expect(body).toContain('rel="canonical" href="https://elsewhere.example/rye/"')
    expect(body).toContain('src="/content/images/rye.png"')
  })

  test('shows a public tag and hides an internal one', async () => {
    const hash = await createTag(database, {
      name: '#pin',
      slug: 'hash-pin',
      visibility: 'internal',
    })
    const bread = await createTag(database, { name: 'Bread', slug: 'bread' })
    await createPost(database, { slug: 'rye', tags: [hash, bread] })
    const { body } = await get('/rye/')
    expect(body).not.toContain('pin')
    expect(body).not.toContain('class="eyebrow"')
    expect(body).toContain('<a class="tag" href="/tag/bread/">Bread</a>')
  })

  test('keeps the room of its picture free', async () => {
    await connection.pool.query(
      `insert into media (path, content_hash, content_type, size_bytes, width, height)
       values ('/content/images/rye.png', '', 'image/png', 1, 640, 480)`,
    )
    await createPost(database, { slug: 'rye', featureImage: '/content/images/rye.png' })
    const { body } = await get('/rye/')
    expect(body).toContain('width="640" height="480"')
    expect(body).toContain('srcset="/content/images/size/w600/rye.png 600w, ')
  })

  test('says what its pictures are like, until they have come', async () => {
    await connection.pool.query(
      `insert into media (path, content_hash, content_type, size_bytes, placeholder) values
         ('/content/images/head.png', '', '', 1, 'data:image/webp;base64,aGVhZA=='),
         ('/content/images/body.png', '', '', 1, 'data:image/webp;base64,Ym9keQ=='),
         ('/content/images/plain.png', '', '', 1, null)`,
    )
    const picture = (name: string) => `<img class="x" src="/content/images/${name}.png" alt="">`
    const html = `<p>${picture('body')}${picture('plain')}</p><code>&lt;img src="x"&gt;</code>`
    await createPost(database, { slug: 'seen', featureImage: '/content/images/head.png', html })
    const { body } = await get('/seen/')
    expect(body).toContain(
      '<img data-blur="data:image/webp;base64,Ym9keQ==" class="x" src="/content/images/body.png"',
    )
    expect(body).toContain(picture('plain'))
    expect(body.match(/data-blur/g)).toHaveLength(2)
  })

  test('costs the same few queries, however much hangs on it', async () => {
    const count = async (url: string) => {
      const spy = vi.spyOn(connection.pool, 'query')
      expect((await get(url)).status).toBe(200)
      const { length } = spy.mock.calls
      spy.mockRestore()
      return length
    }
    await createPost(database, { slug: 'little', featureImage: '/content/a.png' })
    const few = await count('/little/')
    const tags = await Promise.all(Array.from({ length: 9 }, () => createTag(database)))
    const authors = await Promise.all(Array.from({ length: 9 }, () => createAuthor(database)))
    await createPost(database, { slug: 'much', featureImage: '/content/b.png', tags, authors })
    expect(await count('/much/')).toBe(few)
    expect(few).toBeLessThanOrEqual(6)
  })
})

describe('a post for members', () => {
  const html = '<p>For all.</p><!--members-only--><p>The secret sourdough.</p>'
  const plaintext = 'For all. The secret sourdough.'

  test('ends for strangers where members read on, in the page and in what machines read', async () => {
    await createPost(database, { slug: 'rye', visibility: 'members', html, plaintext })
    const stranger = (await get('/rye/')).body
    expect(stranger).toContain('<p>For all.</p>')
    expect(stranger).not.toContain('sourdough')
    expect(stranger).toContain('The rest is for members.')
    const { cookies } = await blog.signIn()
    const member = (await get('/rye/', cookies)).body
    expect(member).toContain('<p>The secret sourdough.</p>')
    expect(member).not.toContain('The rest is for')
  })

  test('shows strangers nothing when it says nothing of where to end', async () => {
    await createPost(database, { slug: 'rye', visibility: 'members', html: '<p>Sourdough.</p>' })
    expect((await get('/rye/')).body).not.toContain('Sourdough')
  })

  test('of those who pay is not for other members, and open to editors', async () => {
    await createPost(database, { slug: 'rye', visibility: 'paid', html, plaintext })
    const { cookies } = await blog.signIn('member@example.org')
    const member = (await get('/rye/', cookies)).body
    expect(member).not.toContain('sourdough')
    expect(member).toContain('The rest is for supporting members.')
    await createUser(database, { email: 'editor@example.org', roles: ['editor'] })
    const editor = await blog.signIn('editor@example.org')
    expect((await get('/rye/', editor.cookies)).body).toContain('sourdough')
  })

  test('does not show in what a public post tells machines of a part for members', async () => {
    await createPost(database, {
      slug: 'rye',
      html:
        '<p>For all.</p><!--kg-gated-block:begin nonMember:false memberSegment:"status:free" -->' +
        '<p>The secret sourdough.</p><!--kg-gated-block:end-->',
      plaintext: 'For all.',
    })
    expect((await get('/rye/')).body).not.toContain('sourdough')
    expect((await get('/')).body).not.toContain('sourdough')
  })
})

describe('a page', () => {
  test('is shown without a date, and asks what hangs on it', async () => {
    const author = await createAuthor(database, { name: 'Bakers' })
    await createPage(database, { slug: 'mill', title: 'The mill', html: '<p>Stones.</p>' })
    await createPost(database, { type: 'page', slug: 'oven', authors: [author] })
    const { body } = await get('/mill/')
    expect(body).toContain('<h1>The mill</h1>')
    expect(body).toContain('<p>Stones.</p>')
    expect(body).not.toContain('<time')
    expect((await get('/oven/')).body).not.toContain('Bakers')
  })
})

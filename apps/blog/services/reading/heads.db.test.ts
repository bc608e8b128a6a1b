import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPage } from '@rose-ash/testing/factories/page'
import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(pool, 'posts', 'tags', 'authors', 'media'))

const site = 'http://blog.localhost'

async function readHead(url: string) {
  const { statusCode, body } = await blog.app.inject({ url, headers: { accept: 'text/html' } })
  expect(statusCode).toBe(200)
  const head = body.slice(0, body.indexOf('</head>'))
  const json = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(head)?.[1]
  return {
    head,
    meta: [...head.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)"/g)].map(
      ([, name, content]) => [name, content],
    ),
    links: [...head.matchAll(/<link rel="([^"]+)" href="([^"]+)"(?: type="([^"]+)")?/g)].map(
      ([, rel, href, type]) => [
        rel,
        href?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
        type,
      ],
    ),
    structured: json === undefined ? undefined : JSON.parse(json),
  }
}

test('a story says what it is, who wrote it, and what stands before and after it', async () => {
  const tag = await createTag(database, { slug: 'bread', name: 'Bread' })
  const hidden = await createTag(database, {
    slug: 'hash-pin',
    name: '#pin',
    visibility: 'internal',
  })
  const author = await createAuthor(database, { slug: 'ada', name: 'Ada' })
  const day = (number: number) => new Date(Date.UTC(2026, 0, number))
  await createPost(database, { slug: 'older', publishedAt: day(1) })
  await createPost(database, { slug: 'newer', publishedAt: day(3) })
  await pool.query(
    `insert into media (path, content_hash, content_type, size_bytes, width, height)
     values ('/content/images/rye.jpg', '', 'image/jpeg', 1234, 640, 480)`,
  )
  await createPost(database, {
    slug: 'rye',
    title: 'Rye',
    publishedAt: day(2),
    featureImage: '/content/images/rye.jpg',
    featureImageAlt: 'A loaf',
    tags: [tag, hidden],
    authors: [author],
    meta: { ogTitle: 'Rye, shared', twitterTitle: 'Rye, in short' },
  })
  const { meta, links, structured } = await readHead('/rye/')
  expect(meta).toEqual(
    expect.arrayContaining([
      ['og:type', 'article'],
      ['og:title', 'Rye, shared'],
      ['og:image', `${site}/content/images/rye.jpg`],
      ['og:image:width', '640'],
      ['og:image:height', '480'],
      ['og:image:alt', 'A loaf'],
      ['article:published_time', '2026-01-02T00:00:00.000Z'],
      ['article:tag', 'Bread'],
      ['article:author', `${site}/author/ada/`],
      ['twitter:card', 'summary_large_image'],
      ['twitter:title', 'Rye, in short'],
    ]),
  )
  expect(JSON.stringify(meta)).not.toContain('#pin')
  const oembed = (format: string) =>
    `${site}/oembed?${new URLSearchParams({ url: `${site}/rye/`, format })}`
  expect(links).toEqual(
    expect.arrayContaining([
      ['canonical', `${site}/rye/`, undefined],
      ['alternate', `${site}/rss/`, 'application/rss+xml'],
      ['alternate', `${site}/atom/`, 'application/atom+xml'],
      ['alternate', `${site}/feed.json`, 'application/feed+json'],
      ['alternate', oembed('json'), 'application/json+oembed'],
      ['alternate', oembed('xml'), 'text/xml+oembed'],
      ['prev', '/older/', undefined],
      ['next', '/newer/', undefined],
    ]),
  )
  const [article, crumbs] = structured['@graph']
  expect(article).toMatchObject({
    '@type': 'Article',
    headline: 'Rye',
    isAccessibleForFree: true,
    author: [{ '@type': 'Person', name: 'Ada', url: `${site}/author/ada/` }],
    image: { url: `${site}/content/images/rye.jpg`, width: 640, height: 480 },
    keywords: 'Bread',
  })
  expect(article).not.toHaveProperty('hasPart')
  expect(crumbs.itemListElement.map(({ item }: { item: string }) => item)).toEqual([
    `${site}/`,
    `${site}/tag/bread/`,
    `${site}/rye/`,
  ])
})

test('each address that the head of a story names answers', async () => {
  await createPost(database, { slug: 'rye' })
  const { links } = await readHead('/rye/')
  for (const [rel, href] of links) {
    if (rel !== 'alternate') continue
    const { pathname, search } = new URL(String(href))
    expect((await blog.app.inject({ url: pathname + search })).statusCode).toBe(200)
  }
})

test('nothing that somebody writes ends the element that it is told in', async () => {
  const evil = `</script><script>alert(1)</script><!-- "'`
  await createPost(database, { slug: 'rye', title: evil, customExcerpt: evil })
  const { head, structured } = await readHead('/rye/')
  expect(head).not.toContain('<script>alert')
  expect(structured).toMatchObject({ headline: evil, description: evil })
})

test('a page has no byline and no day', async () => {
  await createPage(database, { slug: 'about', title: 'About' })
  const { meta, structured } = await readHead('/about/')
  expect(structured).toMatchObject({ '@type': 'WebPage', headline: 'About' })
  expect(structured).not.toHaveProperty('author')
  expect(meta).toContainEqual(['og:type', 'website'])
  expect(JSON.stringify(meta)).not.toContain('article:')
})

test('the home page names the site and how to search it', async () => {
  const { structured, links } = await readHead('/')
  expect(structured).toMatchObject({
    '@type': 'WebSite',
    url: `${site}/`,
    potentialAction: { target: `${site}/search/?q={search_term_string}` },
  })
  expect(links).toContainEqual(['alternate', `${site}/feed.json`, 'application/feed+json'])
})

test('an author is a person with feeds of their own', async () => {
  await createAuthor(database, {
    slug: 'ada',
    name: 'Ada',
    bio: 'Bakes.',
    profileImage: '/content/images/ada.jpg',
    website: 'https://ada.example/',
    meta: { metaTitle: 'All by Ada' },
  })
  const { head, meta, links, structured } = await readHead('/author/ada/')
  expect(structured).toMatchObject({
    '@type': 'ProfilePage',
    mainEntity: {
      '@type': 'Person',
      name: 'Ada',
      description: 'Bakes.',
      image: `${site}/content/images/ada.jpg`,
      sameAs: ['https://ada.example/'],
    },
  })
  expect(head).toContain('<title>All by Ada · ')
  expect(meta).toContainEqual(['og:type', 'profile'])
  expect(links).toContainEqual(['alternate', `${site}/author/ada/rss/`, 'application/rss+xml'])
})

test('a tag has what its editors say of it, and feeds of its own', async () => {
  await createTag(database, {
    slug: 'bread',
    name: 'Bread',
    description: 'Loaves.',
    featureImage: '/content/images/bread.jpg',
    accentColor: '#9a3f55',
    canonicalUrl: 'https://elsewhere.example/bread/',
    meta: { metaDescription: 'All about loaves.', twitterTitle: 'Loaves' },
  })
  const { meta, links, structured } = await readHead('/tag/bread/')
  expect(meta).toEqual(
    expect.arrayContaining([
      ['description', 'All about loaves.'],
      ['og:image', `${site}/content/images/bread.jpg`],
      ['twitter:title', 'Loaves'],
    ]),
  )
  expect(links).toEqual(
    expect.arrayContaining([
      ['canonical', 'https://elsewhere.example/bread/', undefined],
      ['alternate', `${site}/tag/bread/atom/`, 'application/atom+xml'],
    ]),
  )
  expect(structured['@graph'][0]).toMatchObject({ '@type': 'CollectionPage', name: 'Bread' })
  const { body } = await blog.app.inject('/tag/bread/')
  expect(body).toMatch(
    /<div class="profile-cover"><img src="\/content\/images\/bread\.jpg" alt="" width/,
  )
  expect(body).toContain('fill="#9a3f55"')
})

test('an author’s page shows what is known of them, and no address that is none', async () => {
  const told = { coverImage: '/content/images/sea.jpg', location: 'Hove <b>' }
  await createAuthor(database, { slug: 'bo', ...told, website: 'https://bo.example/me/' })
  await createAuthor(database, { slug: 'eve', website: 'javascript:alert(1)' })
  const { meta } = await readHead('/author/bo/')
  expect(meta).toContainEqual(['og:image', `${site}/content/images/sea.jpg`])
  const { body } = await blog.app.inject('/author/bo/')
  expect(body).toContain('<img src="/content/images/sea.jpg"')
  expect(body).toContain('Hove &lt;b&gt;')
  expect(body).toContain('<a href="https://bo.example/me/">bo.example</a>')
  expect((await blog.app.inject('/author/eve/')).body).not.toContain('javascript:')
})

test('search engines are asked to leave searches alone', async () => {
  const { meta } = await readHead('/search/?q=rye')
  expect(meta).toContainEqual(['robots', 'noindex, nofollow'])
})

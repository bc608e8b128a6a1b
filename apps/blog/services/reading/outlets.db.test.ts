import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { publicTextOf, plaintextOf } from '../documents/plaintext.ts'
import { refreshWords } from '../search/refresh-words.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})

/** What nobody but members may learn, and what everybody may. */
const secret = 'Pumpernickel'
const open = 'Everybody reads this.'

/** Enough for a table of contents. */
const headings = ['a', 'b', 'c'].map((id) => `<h2 id="${id}">${secret} ${id}</h2>`).join('')

const gatedBlock = `<!--kg-gated-block:begin nonMember:false memberSegment:"status:free,status:-free" --><p>${secret}</p><!--kg-gated-block:end-->`

/** Ways in which a text can be closed to strangers. */
const closed = [
  { slug: 'members', visibility: 'members', html: `<p>${secret}</p>` },
  { slug: 'paid', visibility: 'paid', html: `<p>${secret}</p>` },
  { slug: 'tiers', visibility: 'tiers', html: `<p>${secret}</p>` },
  {
    slug: 'cut',
    visibility: 'members',
    html: `<p>${open}</p><!--members-only-->${headings}<p>${secret}</p>`,
  },
  {
    slug: 'cut-paid',
    visibility: 'paid',
    html: `<p>${open}</p><!--members-only--><p>${secret}</p>`,
  },
  {
    slug: 'cut-tiers',
    visibility: 'tiers',
    html: `<p>${open}</p><!--members-only-->${headings}<ul><li>${secret}</li></ul>`,
  },
  {
    slug: 'block-in-cut',
    visibility: 'members',
    html: `<p>${open}</p>${gatedBlock}<!--members-only--><p>${secret}</p>`,
  },
  { slug: 'block', visibility: 'public', html: `<p>${open}</p>${gatedBlock}` },
] as const

beforeAll(async () => {
  const tag = await createTag(database, { slug: 'bread', name: 'Bread' })
  const author = await createAuthor(database, { slug: 'ada', name: 'Ada' })
  await pool.query(
    `insert into integrations (name, content_key) values ('test', '0123456789abcdef0123456789')`,
  )
  for (const { slug, visibility, html } of closed) {
    await createPost(database, {
      slug,
      title: `On ${slug}`,
      visibility,
      html,
      // As saving derives them.
      plaintext: plaintextOf(html.replaceAll(/<!--.*?-->/g, '')),
      publicText: publicTextOf(html, visibility),
      tags: [tag],
      authors: [author],
    })
  }
  await refreshWords(database)
})

/** Each names the story, and nothing that is closed of it. */
const outlets: readonly (readonly [name: string, url: (slug: string) => string])[] = [
  ['its page', (slug) => `/${slug}/`],
  ['its data', (slug) => `/${slug}/data.json`],
  ['its comments', (slug) => `/${slug}/comments/`],
  ['the home page', () => '/'],
  ['the page of its tag', () => '/tag/bread/'],
  ['the page of its author', () => '/author/ada/'],
  ['the archive of a year', () => '/archive/2026/'],
  ['the archive of a month', () => '/archive/2026/01/'],
  ['RSS', () => '/rss/'],
  ['Atom', () => '/atom/'],
  ['JSON Feed', () => '/feed.json'],
  ['the feed of its tag', () => '/tag/bread/rss/'],
  ['the feed of its author', () => '/author/ada/feed.json'],
  ['the sitemap', () => '/sitemap-posts.xml'],
  ['what other servers read', () => '/ap/blog/outbox?page=1'],
  ['the search for its title', (slug) => `/search/?q=On+${slug}`],
  ['oEmbed', (slug) => `/oembed?url=http://blog.localhost/${slug}/`],
  [
    'the Content API',
    (slug) =>
      `/ghost/api/content/posts/slug/${slug}/?key=0123456789abcdef0123456789&formats=html,plaintext&include=tags,authors`,
  ],
]

describe.each(closed.map(({ slug }) => slug))('what is closed by “%s” is not in', (slug) => {
  test.each(outlets)('%s', async (_name, url) => {
    const { body, statusCode } = await blog.app.inject({ url: url(slug) })
    expect(statusCode).toBe(200)
    expect(body).toMatch(new RegExp(`On ${slug}\\b|/${slug}/`))
    expect(body.toLowerCase()).not.toContain(secret.toLowerCase())
  })

  test('the search for it, nor what a search takes for it', async () => {
    for (const q of [secret, 'pumpernickl']) {
      const { body } = await blog.app.inject({ url: `/search/?q=${q}` })
      expect(body).not.toContain(`/${slug}/`)
    }
    const mistyped = await blog.app.inject({ url: '/search/?q=pumpernickl' })
    expect(mistyped.body).not.toContain('pumpernickel')
  })

  test('the card that other apps show of it', async () => {
    const [card] = await blog.fragments({ type: 'link-card', parameters: { slug } })
    expect(card).toContain(`On ${slug}`)
    expect(card).not.toContain(secret)
  })
})

describe('on the page of', () => {
  const page = async (slug: string, cookies: Record<string, string>) =>
    (await blog.app.inject({ url: `/${slug}/`, cookies })).body

  test.each(closed.map(({ slug }) => slug))('“%s” editors see all of it', async (slug) => {
    expect(await page(slug, await blog.signInAs('editor'))).toContain(secret)
  })

  test.each(['paid', 'tiers', 'cut-paid', 'cut-tiers'])(
    '“%s” members who pay for nothing see no more than strangers',
    async (slug) => {
      expect(await page(slug, await blog.signInAs())).not.toContain(secret)
      expect(await page(slug, {})).not.toContain(secret)
    },
  )

  test.each(['members', 'cut', 'block'])('“%s” members see all of it', async (slug) => {
    expect(await page(slug, await blog.signInAs())).toContain(secret)
  })
})

test('what is open in it is in each of them that shows texts', async () => {
  for (const url of ['/cut/', '/rss/', '/atom/', '/feed.json'])
    expect((await blog.app.inject({ url })).body).toContain(open)
  expect((await blog.app.inject({ url: '/search/?q=everybody' })).body).toContain('On cut')
})

test('machines are told which parts are not free', async () => {
  const { body } = await blog.app.inject({ url: '/paid/' })
  const json = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(body)?.[1] ?? ''
  const [article] = JSON.parse(json)['@graph']
  expect(article).toMatchObject({
    '@type': 'Article',
    isAccessibleForFree: false,
    hasPart: { cssSelector: '.prose', isAccessibleForFree: false },
    author: [{ name: 'Ada', url: 'http://blog.localhost/author/ada/' }],
  })
})

import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { startGhostSite } from '@rose-ash/testing/ghost/ghost-site'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { examplePost, letters } from '../ghost/test-export.ts'
import { createGraphAccess } from '../graph/open-graph.ts'
import { publishDue } from '../posts/publish-due.ts'
import { addSource } from './sources.ts'
import { syncSource } from './sync-source.ts'

const minute = 60_000
const soon = new Date(Date.now() - minute).toISOString().slice(0, 19).replace('T', ' ')
const unknownCard = JSON.stringify({
  root: { type: 'root', version: 1, children: [{ type: 'hologram', version: 1 }] },
})
const base = letters(
  { title: 'A published letter', published_at: '2019-05-06 07:08:09' },
  { status: 'scheduled', published_at: soon },
  { status: 'sent' },
  { lexical: unknownCard, colour: 'a column of a later Ghost' },
  { title: 'Under cover' },
)
const idOf = (number: number) => examplePost(number).id
const tables = {
  ...base,
  tags: [
    ...(base.tags ?? []),
    { id: 'b2', name: '#cellar', slug: 'hash-cellar', visibility: 'internal' },
  ],
  posts_tags: [
    ...(base.posts_tags ?? []).filter(({ post_id }) => post_id !== idOf(5)),
    { post_id: idOf(5), tag_id: 'b2', sort_order: 0 },
    { post_id: idOf(5), tag_id: 'b1', sort_order: 1 },
  ],
  posts_authors: (base.posts_authors ?? []).map((row) =>
    row['post_id'] === idOf(4) ? { ...row, author_id: 'nobody' } : row,
  ),
}
const connection = await createTestDatabase()
const { database } = connection
const site = await startGhostSite({ tables })
const blog = await createTestApp({
  app: 'blog',
  create: createBlogApp,
  connection,
  config: { privateHosts: [site.host] },
})
const { outgoing, secrets, log, config } = blog.dependencies
const access = { outgoing, secrets, pauseSeconds: 0.01 }
const graph = createGraphAccess({ connection, log: createLog({ app: 'blog', level: 'silent' }) })
let sourceId: string
const sync = () =>
  syncSource({ ...access, database, mediaFolder: config.mediaFolder, log, sourceId })

beforeAll(async () => {
  const followed = { address: site.url, key: site.adminKey, kind: 'admin' } as const
  sourceId = (await addSource(database, followed, access)).id
  await sync()
})
afterAll(async () => {
  await graph[Symbol.asyncDispose]()
  await blog.close()
  await connection.close()
  await site[Symbol.asyncDispose]()
})

async function query(sql: string) {
  return (await connection.pool.query(sql)).rows
}

async function get(url: string) {
  const { statusCode, body } = await blog.app.inject({ url, headers: { accept: 'text/html' } })
  return { status: statusCode, body }
}

describe('a post that was followed here', () => {
  it('keeps when it was published, and feed readers know it by Ghost’s id', async () => {
    const { body } = await get('/rss/')
    const item = body.slice(body.indexOf('A published letter'))
    expect(body).toContain(`<guid isPermaLink="false">${idOf(1)}</guid>`)
    expect(item).toContain('Mon, 06 May 2019 07:08:09 GMT')
  })

  it('that was only mailed is at no address here', async () => {
    expect(await query(`select status from posts where source_id = '${idOf(3)}'`)).toEqual([
      { status: 'sent' },
    ])
    expect((await get('/letter-3/')).status).toBe(404)
    expect((await get('/rss/')).body).not.toContain('Letter 3')
  })

  it('that is scheduled is published here in its time, and follows the site after that', async () => {
    expect((await get('/letter-2/')).status).toBe(404)
    await publishDue(await graph.open())
    expect((await get('/letter-2/')).status).toBe(200)
    // The site publishes it in the same moment, and its clock may be a little behind.
    site.change('posts', idOf(2), {
      status: 'published',
      title: 'Published there too',
      updated_at: soon,
    })
    expect(await sync()).toMatchObject({ updated: 1, warnings: [] })
    expect(await query(`select title from posts where source_id = '${idOf(2)}'`)).toEqual([
      { title: 'Published there too' },
    ])
  })

  it('whose first tag is internal has no primary tag, and the tag is shown nowhere', async () => {
    const tags = await query(`select tags.slug, tags.visibility from post_tags
      join tags on tags.id = tag_id join posts on posts.id = post_id
      where posts.source_id = '${idOf(5)}' order by post_tags.sort_order`)
    expect(tags).toEqual([
      { slug: 'hash-cellar', visibility: 'internal' },
      { slug: 'news', visibility: 'public' },
    ])
    for (const url of ['/letter-5/', '/', '/rss/', '/tags/', '/sitemap.xml', '/search/?q=cellar']) {
      expect([url, (await get(url)).body.match(/#cellar|hash-cellar/)]).toEqual([url, null])
    }
    expect((await get('/tag/hash-cellar/')).status).toBe(404)
  })

  it('with a card, a column or an author that is not known comes with a warning', async () => {
    const found = await query(`select warnings, source_extra ->> 'colour' as colour from posts
      left join post_warnings on post_id = posts.id where source_id = '${idOf(4)}'`)
    expect(found).toEqual([
      {
        // The site’s API gives only columns that it knows.
        colour: null,
        warnings: [expect.stringContaining('hologram')],
      },
    ])
    expect((await get('/letter-4/')).status).toBe(200)
  })
})

import { readFileSync } from 'node:fs'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { readGhostFile } from '@rose-ash/testing/ghost/read-fixture'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { importGhost } from '../../services/ghost/import-ghost.ts'
import { createTestFolder, fixture, readFixture } from '../../services/ghost/test-export.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
const folder = await createTestFolder()
const { mediaFolder } = blog.dependencies.config

async function bring(file: string) {
  return importGhost({ database, mediaFolder, file, log: { info: () => undefined } })
}

beforeAll(async () => {
  await bring(fixture('ghost-6.65.0-sqlite-export.json'))
  await bring(await folder.write('redirects.yaml', readGhostFile('redirects.yaml')))
  await bring(await folder.write('routes.yaml', readGhostFile('routes.yaml')))
})
afterAll(async () => {
  await blog.close()
  await connection.close()
  await folder[Symbol.asyncDispose]()
})

interface Ended {
  readonly steps: readonly number[]
  readonly status: number
}

async function get(url: string): Promise<{ status: number; location: string | undefined }> {
  const { statusCode, headers } = await blog.app.inject({ url, headers: { accept: 'text/html' } })
  return { status: statusCode, location: headers['location'] }
}

/** What a reader gets who goes where they are led. */
async function visit(url: string): Promise<Ended> {
  const steps: number[] = []
  let answer = await get(url)
  while (answer.location !== undefined && steps.length < 3) {
    steps.push(answer.status)
    answer = await get(answer.location)
  }
  return { steps, status: answer.status }
}

const expected: { posts: { url: string | null; slug: string; status: string }[] } = JSON.parse(
  readFileSync(fixture('ghost-6.65.0-sqlite-expected.json'), 'utf8'),
)
const data = readFixture('ghost-6.65.0-sqlite-export.json')
const published = expected.posts.filter(({ status }) => status === 'published')

function pathsOf(table: string, path: (row: Record<string, unknown>) => string) {
  return (data[table] ?? []).filter((row) => row['visibility'] !== 'internal').map(path)
}

describe('an address of the old site', () => {
  it.each(published.map(({ url, slug }) => (url ? new URL(url).pathname : `/${slug}/`)))(
    '%s is answered here',
    async (path) => {
      const { steps, status } = await visit(path)
      expect(status).toBe(200)
      expect(steps.length).toBeLessThan(2)
    },
  )

  it.each([
    ...pathsOf('tags', ({ slug }) => `/tag/${String(slug)}/`),
    ...pathsOf('users', ({ slug }) => `/author/${String(slug)}/`),
    '/',
  ])('%s is answered here', async (path) => {
    expect(await visit(path)).toEqual({ steps: [], status: 200 })
  })

  it.each([
    ['/old-home/', 301],
    ['/shared-tide-brackish-lighthouse-old/', 301],
    ['/today/', 302],
  ])('%s leads on as its redirects say', async (path, code) => {
    expect(await visit(path)).toEqual({ steps: [code], status: 200 })
  })

  it('that a pattern names leads on with the part that is filled in', async () => {
    const { statusCode, headers } = await blog.app.inject({ url: '/archive/2019/' })
    expect([statusCode, headers['location']]).toEqual([301, '/tag/archive/?y=2019'])
  })
})

describe('under the permalinks of a routes.yaml', () => {
  it('every post, tag and author of the old site is one step away', async () => {
    const text = [
      'collections:',
      '  /log/: { permalink: "/log/{year}/{month}/{slug}/", filter: "featured:true" }',
      '  /: { permalink: "/{primary_tag}/{slug}-{id}/" }',
      'taxonomies: { tag: "/topic/{slug}/", author: "/by/{slug}/" }',
    ].join('\n')
    await bring(await folder.write('other-routes.yaml', text))
    const { rows } = await connection.pool.query<{ from_path: string }>(
      'select from_path from redirects order by 1',
    )
    const paths = rows.map(({ from_path }) => from_path)
    const posts = published.filter(({ slug }) => paths.some((path) => path.includes(slug)))
    // Pages stay where they are.
    expect(posts.length).toBe(23)
    for (const path of paths.filter((one) => one !== '/today/')) {
      expect([path, await visit(encodeURI(path))]).toEqual([path, { steps: [301], status: 200 }])
    }
  })
})

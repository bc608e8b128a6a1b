import { randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { examplePost, fixture, wrapExport } from '../../../services/ghost/test-export.ts'

const connection = await createTestDatabase()
const app = await createTestApp({ app: 'blog', create: createBlogApp, connection })
const { jobs, config } = app.dependencies
beforeAll(async () => {
  await jobs.start()
  await app.registerJobs?.(jobs)
})
afterAll(async () => {
  await app.app.close()
  await jobs.stop()
  await app.close()
  await connection.close()
})

type Cookies = Record<string, string>

const { signInAs } = app

function get(url: string, cookies: Cookies = {}) {
  return app.app.inject({ url, cookies, headers: { accept: 'text/html' } })
}

async function upload(cookies: Cookies, content: string | Uint8Array, name = 'site.json') {
  const form = new FormData()
  form.set('file', new Blob([Buffer.from(content)]), name)
  const request = new Request('http://blog.localhost/', { method: 'POST', body: form })
  return app.app.inject({
    method: 'POST',
    url: '/admin/import/',
    cookies,
    headers: { accept: 'text/html', 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  })
}

/** The page of an import when it is over. */
async function waitForEnd(url: string, cookies: Cookies): Promise<string> {
  await expect
    .poll(async () => (await get(url, cookies)).body, { timeout: 60_000, interval: 100 })
    .not.toContain('data-refresh')
  return (await get(url, cookies)).body
}

describe('the import page', () => {
  it('is for people who look after the site', async () => {
    expect((await get('/admin/import/')).headers['location']).toContain('/auth/login?next=')
    expect((await get('/admin/import/', await signInAs())).statusCode).toBe(403)
    expect((await upload(await signInAs(), wrapExport({ posts: [] }))).statusCode).toBe(403)
    expect((await upload({}, wrapExport({ posts: [] }))).statusCode).toBe(401)
    for (const role of ['editor', 'admin']) {
      const { statusCode, body } = await get('/admin/import/', await signInAs(role))
      expect(statusCode).toBe(200)
      expect(body).toContain('enctype="multipart/form-data"')
      expect(body).toContain('noindex')
    }
  })

  it('asks for a file when none came', async () => {
    const cookies = await signInAs('editor')
    for (const answer of [
      await upload(cookies, ''),
      await app.app.inject({ method: 'POST', url: '/admin/import/', cookies }),
    ]) {
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toContain('Please choose a file first.')
    }
  })

  it('refuses a file that is larger than allowed, and keeps nothing of it', async () => {
    const cookies = await signInAs('editor')
    const answer = await upload(cookies, Buffer.alloc(config.limits.uploadBytes + 1))
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('larger than this site takes')
    expect(await readdir(join(config.mediaFolder, '.uploads'))).toEqual([])
  })

  it('of an import that is not there is not found', async () => {
    const cookies = await signInAs('editor')
    expect((await get(`/admin/import/${randomUUID()}`, cookies)).statusCode).toBe(404)
    expect((await get('/admin/import/everything', cookies)).statusCode).toBe(404)
  })
})

describe('an upload', { timeout: 120_000 }, () => {
  it('is imported in the background, and its page tells how it went', async () => {
    const cookies = await signInAs('editor')
    const archive = await readFile(fixture('ghost-6.65.0-export-with-images.zip'))
    const answer = await upload(cookies, archive, 'C:\\Users\\wren\\pebble <b>.zip')
    expect(answer.statusCode).toBe(303)
    const url = String(answer.headers['location'])
    const body = await waitForEnd(url, cookies)
    expect(body).toContain('Finished')
    expect(body).toMatch(/Created<\/dt><dd>39<[^]*Updated<\/dt><dd>0<[^]*Warnings<\/dt><dd>5</)
    expect(body).toContain('“Coming soon”: pictures on other sites were not taken over')
    expect(body).toContain('pebble &lt;b&gt;.zip')
    // It goes once nothing needs it, and that is after the page can tell.
    await expect.poll(() => readdir(join(config.mediaFolder, '.uploads'))).toEqual([])

    expect((await get('/admin/import/', cookies)).body).toContain(`href="${url}"`)
    const picture = await get('/content/images/2026/11/harbour-foggy-1.png')
    expect(picture.headers['content-type']).toBe('image/png')
    expect((await get('/maud-and-the-rope/')).body).toContain('Maud and the rope')
  })

  it('may be the members, the redirects or the routes of a site', async () => {
    const cookies = await signInAs('editor')
    for (const [name, content, count] of [
      ['members.csv', 'email\nwren@example.org\nnobody', 1],
      ['redirects.yaml', '301:\n  /gone/: /here/\n  ^/y/(.*): /$1\n', 2],
      ['routes.yaml', 'taxonomies:\n  tag: /topic/{slug}/\n', undefined],
    ] as const) {
      const answer = await upload(cookies, content, name)
      const body = await waitForEnd(String(answer.headers['location']), cookies)
      expect(body).toContain('Finished')
      if (count !== undefined) expect(body).toContain(`Created</dt><dd>${count}<`)
    }
    expect((await get('/gone/')).headers['location']).toBe('/here/')
    expect((await get('/y/tea/')).headers['location']).toBe('/tea/')
  })

  it('that is no sound export is explained, changes nothing and is not tried again', async () => {
    const cookies = await signInAs('editor')
    const before = await connection.pool.query('select count(*) from posts')
    const broken = wrapExport({ posts: [examplePost(1, { published_at: 'soon' })] })
    const { headers } = await upload(cookies, broken)
    const body = await waitForEnd(String(headers['location']), cookies)
    expect(body).toContain('Not imported')
    expect(body).toContain('table “posts”, row 1, field “published_at”')
    expect((await connection.pool.query('select count(*) from posts')).rows).toEqual(before.rows)
    expect(await readdir(join(config.mediaFolder, '.uploads'))).toEqual([])
  })

  it('while it waits, its page keeps itself up to date with and without scripts', async () => {
    const cookies = await signInAs('editor')
    const id = randomUUID()
    await connection.pool.query(
      `insert into content_imports (id, source, file_name, state, total_count, created_count)
       values ($1, 'ghost', 'big.zip', 'running', 40, 10)`,
      [id],
    )
    const { body } = await get(`/admin/import/${id}`, cookies)
    expect(body).toContain('<noscript><meta http-equiv="refresh" content="3"></noscript>')
    expect(body).toMatch(/data-refresh[^]*Being imported: 10 of 40[^]*value="10" max="40"/)
    expect(body).toMatch(/<script type="module" src="\/assets\/refresh\.[0-9a-f]+\.js">/)
  })
})

import { randomUUID } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { createExportRecords } from '../../../services/export/export-records.ts'
import { readArchive } from '../../../services/export/test-archive.ts'

const connection = await createTestDatabase()
const app = await createTestApp({ app: 'blog', create: createBlogApp, connection })
const { jobs, config } = app.dependencies
const folder = join(config.mediaFolder, '.exports')
const records = createExportRecords(config.mediaFolder)
beforeAll(async () => {
  await jobs.start()
  await app.registerJobs?.(jobs)
  await createPost(connection.database, { slug: 'bread', title: 'Bread' })
  await createPost(connection.database, { slug: 'secret', title: 'A draft', status: 'draft' })
})
afterAll(async () => {
  await app.app.close()
  await jobs.stop()
  await app.close()
  await connection.close()
})
beforeEach(async () => {
  for (const { id } of await records.list()) await records.remove(id)
})

type Cookies = Record<string, string>

const { signInAs } = app

function get(url: string, cookies: Cookies = {}) {
  return app.app.inject({ url, cookies, headers: { accept: 'text/html' } })
}

function post(url: string, cookies: Cookies = {}, fields: Record<string, string> = {}) {
  return app.app.inject({
    method: 'POST',
    url,
    cookies,
    headers: {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams(fields).toString(),
  })
}

/** Asks for an export and waits until it can be downloaded. Returns where. */
async function exportWith(cookies: Cookies, fields: Record<string, string> = {}): Promise<string> {
  const asked = await post('/admin/export/', cookies, fields)
  expect(asked.statusCode).toBe(303)
  await expect
    .poll(async () => (await get('/admin/export/', cookies)).body, { timeout: 15_000 })
    .not.toContain('data-refresh')
  const url = /href="(\/admin\/export\/[0-9a-f-]{36})"/.exec(
    (await get('/admin/export/', cookies)).body,
  )?.[1]
  if (!url) throw new Error('the page offers no download')
  return url
}

async function download(url: string, cookies: Cookies) {
  const answer = await get(url, cookies)
  const file = join(config.mediaFolder, `${randomUUID()}.zip`)
  await writeFile(file, answer.rawPayload)
  return { answer, archive: await readArchive(file) }
}

describe('the export page', () => {
  it('is for people who look after the site', async () => {
    expect((await get('/admin/export/')).headers['location']).toContain('/auth/login?next=')
    const member = await signInAs()
    expect((await get('/admin/export/', member)).statusCode).toBe(403)
    expect((await post('/admin/export/', member)).statusCode).toBe(403)
    expect((await post('/admin/export/')).statusCode).toBe(401)
    expect((await get(`/admin/export/${randomUUID()}`, member)).statusCode).toBe(403)
  })

  it('says what there is', async () => {
    const { body, statusCode } = await get('/admin/export/', await signInAs('editor'))
    expect(statusCode).toBe(200)
    expect(body).toMatch(/Posts<\/dt><dd>2<[^]*Of these drafts<\/dt><dd>1</)
    expect(body).toContain('No file is waiting for you')
    expect(body).toContain('noindex')
  })

  it('offers members only to those who may give roles', async () => {
    const editor = await signInAs('editor')
    expect((await get('/admin/export/', editor)).body).not.toContain('name="members"')
    expect((await post('/admin/export/', editor, { members: 'yes' })).statusCode).toBe(403)
    expect((await get('/admin/export/', await signInAs('admin'))).body).toContain('name="members"')
  })
})

describe('an export', () => {
  it('is made in the background and downloaded, as often as wanted', async () => {
    const cookies = await signInAs('editor')
    const url = await exportWith(cookies)
    const downloads = [await download(url, cookies), await download(url, cookies)]
    for (const { answer, archive } of downloads) {
      expect(answer.headers).toMatchObject({
        'content-type': 'application/zip',
        'cache-control': 'private, no-store',
        'content-length': String(answer.rawPayload.length),
      })
      expect(answer.headers['content-disposition']).toMatch(
        /^attachment; filename="[a-z0-9.-]+\.export\.[0-9-]{19}\.zip"$/,
      )
      expect(archive.tables['posts']?.map(({ slug }) => slug)).toEqual(['bread', 'secret'])
      expect(archive.paths).toContain('README.txt')
    }
    expect((await get(url)).headers['location']).toContain('/auth/login?next=')
    expect((await get(url, await signInAs())).statusCode).toBe(403)
  })

  it('for Ghost holds one JSON file and what lies under content', async () => {
    const cookies = await signInAs('editor')
    const url = await exportWith(cookies, { kind: 'ghost', revisions: 'yes' })
    const { archive, answer } = await download(url, cookies)
    expect(archive.paths).toEqual([expect.stringMatching(/\.ghost\.[0-9-]{19}\.json$/)])
    expect(answer.headers['content-disposition']).toContain('.for-ghost.')
  })

  it('with members is neither shown nor given to those who may not see members', async () => {
    const admin = await signInAs('admin')
    const url = await exportWith(admin, { members: 'yes' })
    expect((await get(url, admin)).statusCode).toBe(200)
    const editor = await signInAs('editor')
    expect((await get('/admin/export/', editor)).body).not.toContain(url)
    expect((await get(url, editor)).statusCode).toBe(404)
    expect((await post(`${url}/delete`, editor)).statusCode).toBe(404)
  })

  it('goes when somebody takes it away', async () => {
    const cookies = await signInAs('editor')
    const url = await exportWith(cookies)
    expect((await post(`${url}/delete`, cookies)).statusCode).toBe(303)
    expect((await get(url, cookies)).statusCode).toBe(404)
    expect(await readdir(folder)).toEqual([])
  })

  it('goes after a day', async () => {
    const cookies = await signInAs('editor')
    const url = await exportWith(cookies)
    const id = url.slice(-36)
    const record = await records.find(id)
    if (!record) throw new Error('there is no record')
    await records.write({ ...record, requestedAt: new Date(Date.now() - 25 * 3_600_000) })
    expect((await get(url, cookies)).statusCode).toBe(404)
    await records.sweep()
    expect(await readdir(folder)).toEqual([])
  })

  it('is not begun while another one is being made', async () => {
    const cookies = await signInAs('editor')
    const client = await connection.pool.connect()
    try {
      // Nobody can read a post until this ends.
      await client.query('begin; lock table posts in access exclusive mode')
      await post('/admin/export/', cookies)
      const second = await post('/admin/export/', cookies)
      expect(second.statusCode).toBe(303)
      expect(await records.list()).toHaveLength(1)
    } finally {
      await client.query('rollback')
      client.release()
    }
    await expect
      .poll(async () => (await records.list()).map(({ state }) => state), { timeout: 15_000 })
      .toEqual(['done'])
  })

  it('is not served with the pictures', async () => {
    const url = await exportWith(await signInAs('editor'))
    const names = await readdir(folder)
    expect(names).toContain(`${url.slice(-36)}.zip`)
    for (const path of [`/content/.exports/${names[0]}`, `/content/../.exports/${names[0]}`]) {
      expect((await get(path)).statusCode).toBeGreaterThanOrEqual(400)
    }
  })
})

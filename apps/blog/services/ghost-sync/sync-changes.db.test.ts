import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { examplePost, letters } from '../ghost/test-export.ts'
import { createImportTarget, type ImportTarget } from '../ghost/test-import.ts'
import { GhostSiteError } from './ghost-site-error.ts'
import { changeSource } from './sources.ts'
import { createSyncTarget, type SyncTarget, testSecrets } from './test-sync.ts'

/** For a machine that is busy with other things. */
const patience = { timeout: 60_000 }

let platform: ImportTarget
let setting: SyncTarget
beforeAll(async () => {
  platform = await createImportTarget()
})
afterEach(() => setting[Symbol.asyncDispose]())
afterAll(() => platform[Symbol.asyncDispose]())

const idOf = (number: number) => examplePost(number).id
const query = (text: string) => setting.target.query(text)

/** A site of letters, which was read once. */
async function start(...columns: Readonly<Record<string, unknown>>[]): Promise<string> {
  setting = await createSyncTarget(letters(...columns), { platform })
  const { id } = await setting.add()
  await setting.sync(id)
  return id
}

describe('what has changed there', patience, () => {
  it('is one update and one revision, and the rest stays as it is', async () => {
    const id = await start({}, {}, {})
    setting.site.change('posts', idOf(2), { title: 'New title' })
    expect(await setting.sync(id)).toMatchObject({ created: 0, updated: 1, warnings: [] })
    const rows = await query(`select title, version, (select jsonb_agg(reason order by r.version)
      from post_revisions r where post_id = posts.id) as reasons from posts order by slug`)
    expect(rows).toEqual([
      { title: 'Letter 1', version: 1, reasons: ['import'] },
      { title: 'New title', version: 2, reasons: ['import', 'import'] },
      { title: 'Letter 3', version: 1, reasons: ['import'] },
    ])
    expect(await setting.sync(id)).toMatchObject({ created: 0, updated: 0 })
  })

  it('is told to everybody when it was published since, and old posts are not', async () => {
    const id = await start({}, { status: 'draft', published_at: null }, {})
    const now = new Date().toISOString()
    setting.site.change('posts', idOf(1), { title: 'An old one, changed' })
    setting.site.change('posts', idOf(2), { status: 'published', published_at: now })
    await setting.sync(id)
    setting.site.change('posts', idOf(2), { title: 'New title' })
    await setting.sync(id)
    setting.site.remove('posts', idOf(2))
    setting.site.remove('posts', idOf(3))
    await setting.sync(id)
    const told = await query(`select concat_ws(' ', p.slug, a.type, a.visibility) as line
      from ap_activities a join posts p on p.id::text = a.object_id where a.type <> 'ImportFinished' order by a.id`)
    const lines = told.map(({ line }) => String(line))
    expect(lines.filter((line) => line.startsWith('letter-2'))).toEqual([
      'letter-2 Create public',
      'letter-2 Update public',
      'letter-2 Delete public',
    ])
    expect(lines.filter((line) => !line.startsWith('letter-2')).toSorted()).toEqual([
      'letter-1 Create internal',
      'letter-1 Update internal',
      'letter-3 Create internal',
      'letter-3 Delete internal',
    ])
  })

  it('with another slug leads there from the old address', async () => {
    const id = await start({})
    setting.site.change('posts', idOf(1), { slug: 'moved' })
    await setting.sync(id)
    expect(await query('select from_path, to_path from redirects')).toEqual([
      { from_path: '/letter-1/', to_path: '/moved/' },
    ])
  })

  it('is asked for by the time of the last change, not anew from the beginning', async () => {
    const id = await start({}, {}, {})
    setting.site.requests.length = 0
    await setting.sync(id)
    const asked = setting.site.requests.filter((path) => /\/posts\/\?.*formats=/.test(path))
    expect(asked.map((path) => new URL(path, setting.site.url).searchParams.get('filter'))).toEqual(
      [`updated_at:>='2026-04-04T09:00:00.000Z'`],
    )
  })

  it('and here too is kept as it is here, and shown as a difference', async () => {
    const id = await start({})
    await query(`update posts set title = 'Ours', updated_at = now()`)
    setting.site.change('posts', idOf(1), { title: 'Theirs' })
    expect(await setting.sync(id)).toMatchObject({ updated: 0 })
    expect(await query('select title from posts')).toEqual([{ title: 'Ours' }])
    const what = '“Ours”: It was edited here and there. What is here was kept.'
    expect((await setting.source(id)).differences).toEqual([
      { kind: 'post', sourceId: idOf(1), what },
    ])
    const warnings = await query('select warnings from post_warnings')
    expect(warnings).toEqual([
      { warnings: ['It was edited here and there; what is here was kept.'] },
    ])
  })

  it('and was missed is found by its time of change', async () => {
    const id = await start({}, {})
    setting.site.change('posts', idOf(1), { title: 'Missed' })
    await changeSource(setting.target.connection.database, id, {
      cursors: { posts: '2027-01-01T00:00:00.000Z' },
    })
    expect(await setting.sync(id)).toMatchObject({ updated: 1 })
    expect(await query(`select title from posts where slug = 'letter-1'`)).toEqual([
      { title: 'Missed' },
    ])
  })
})

describe('what was deleted there', patience, () => {
  it('is a draft here, named as a difference, and back when it is back there', async () => {
    const id = await start({}, {})
    const [post] = setting.site.tables['posts'] ?? []
    setting.site.remove('posts', idOf(1))
    expect(await setting.sync(id)).toMatchObject({ unpublished: 1 })
    const states = 'select slug, status from posts order by slug'
    expect(await query(states)).toEqual([
      { slug: 'letter-1', status: 'draft' },
      { slug: 'letter-2', status: 'published' },
    ])
    const { differences } = await setting.source(id)
    expect(differences.map(({ what }) => what)).toEqual([
      '“Letter 1”: It was deleted there and is a draft here now.',
    ])
    expect(await query('select warnings from post_warnings')).toHaveLength(1)

    setting.site.tables['posts']?.push({ ...post })
    expect(await setting.sync(id)).toMatchObject({ updated: 1, unpublished: 0 })
    expect((await query(states))[0]).toEqual({ slug: 'letter-1', status: 'published' })
    expect(await query('select warnings from post_warnings')).toEqual([])
  })

  it('but edited here stays, and the difference is shown', async () => {
    const id = await start({})
    await query(`update posts set title = 'Ours', updated_at = now()`)
    setting.site.remove('posts', idOf(1))
    expect(await setting.sync(id)).toMatchObject({ unpublished: 0 })
    expect(await query('select status from posts')).toEqual([{ status: 'published' }])
    expect((await setting.source(id)).differences).toHaveLength(1)
  })

  it('with nearly everything else is not believed', async () => {
    const id = await start(...Array.from({ length: 30 }, () => ({})))
    setting.site.tables['posts']?.splice(1)
    expect(await setting.sync(id)).toMatchObject({ unpublished: 0 })
    expect(await query(`select 1 from posts where status = 'published'`)).toHaveLength(30)
    expect((await setting.source(id)).differences).toHaveLength(29)
  })
})

describe('a sync', patience, () => {
  it('that is killed in the middle goes on where it was', async () => {
    const many = Array.from({ length: 220 }, () => ({}))
    setting = await createSyncTarget(letters(...many), { platform })
    const { id } = await setting.add()
    const { connection, folder } = setting.target
    const program = fileURLToPath(new URL('./test-sync-process.ts', import.meta.url))
    const words = [program, connection.url, folder.mediaFolder, setting.site.host, id]
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'exit')
    const seen: string[] = []
    for await (const said of createInterface({ input: child.stdout })) {
      seen.push(said)
      if (said.startsWith('posts 1') && seen.filter((one) => one.startsWith('posts')).length === 2)
        child.kill('SIGKILL')
    }
    expect((await ended)[1]).toBe('SIGKILL')
    // PostgreSQL sees that it is gone when it has done what it was asked.
    await expect
      .poll(() =>
        query(`select 1 from pg_locks where locktype = 'advisory' and database =
      (select oid from pg_database where datname = current_database())`),
      )
      .toEqual([])
    const before = (await query('select 1 from posts')).length
    expect(before).toBeGreaterThan(50)
    expect((await setting.source(id)).cursors['posts']).toBeDefined()

    setting.site.requests.length = 0
    const result = await setting.sync(id)
    expect(result.created).toBe(220 - before)
    expect(await query('select 1 from posts')).toHaveLength(220)
    const first = setting.site.requests.find((path) => /\/posts\/\?.*formats=/.test(path))
    expect(first).toContain('filter=')
    expect(await setting.sync(id)).toMatchObject({ created: 0, updated: 0 })
  }, 240_000)

  it('of a site that is dead is noted with a sentence, and the blog keeps what it has', async () => {
    const id = await start({})
    await setting.site[Symbol.asyncDispose]()
    await expect(setting.sync(id)).rejects.toThrow(GhostSiteError)
    expect(await setting.source(id)).toMatchObject({
      state: 'failed',
      error: `${setting.site.host} cannot be reached.`,
    })
    expect(await query('select status from posts')).toEqual([{ status: 'published' }])
    const { outgoing } = setting
    setting = { ...setting, [Symbol.asyncDispose]: () => outgoing[Symbol.asyncDispose]() }
  })

  it('of a site that is slow, busy or breaks off asks again', async () => {
    const id = await start({})
    setting.site.change('posts', idOf(1), { title: 'After all' })
    setting.site.troubles.push(
      { waitMilliseconds: 300 },
      { status: 429, retryAfter: '0' },
      { status: 503 },
      { isCutOff: true },
      { status: 502, body: '<h1>Bad gateway</h1>' },
      { isFine: true },
      { isCutOff: true },
    )
    expect(await setting.sync(id)).toMatchObject({ updated: 1 })
    expect(setting.site.troubles).toEqual([])
  })

  it('with a key that is not taken says so at once, and does not ask again', async () => {
    const id = await start({})
    const sealedKey = testSecrets.seal(`${'5a'.repeat(12)}:${'00'.repeat(32)}`)
    await changeSource(setting.target.connection.database, id, { sealedKey })
    setting.site.requests.length = 0
    await expect(setting.sync(id)).rejects.toMatchObject({ reason: 'bad-key' })
    expect(setting.site.requests.filter((path) => !path.endsWith('/site/'))).toHaveLength(1)
    expect((await setting.source(id)).error).toContain('does not take this key')
  })

  it('waits for nobody: while an import of the same site runs it says so', async () => {
    const id = await start({})
    const lock = await setting.target.connection.pool.connect()
    await lock.query(`select pg_advisory_lock(hashtextextended('import ghost:pebble-and-tide', 0))`)
    await expect(setting.sync(id)).rejects.toThrow('Another import of ghost:pebble-and-tide')
    await lock.query('select pg_advisory_unlock_all()')
    lock.release(true)
  })
})

describe('the routes of the site', patience, () => {
  it('that it gives with its API lead here from its own addresses', async () => {
    setting = await createSyncTarget(letters({}), {
      platform,
      routes: 'collections:\n  /: /{year}/{slug}/\ntaxonomies:\n  tag: /topic/{slug}/\n',
    })
    const { id } = await setting.add()
    expect(await setting.sync(id)).toMatchObject({ created: 3, warnings: [] })
    expect(await query('select from_path, to_path from redirects order by 1')).toEqual([
      { from_path: '/2026/letter-1/', to_path: '/letter-1/' },
      { from_path: '/topic/news/', to_path: '/tag/news/' },
    ])
  })
})

import { openDatabaseSession } from '@rose-ash/shared/infrastructure/database-session'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GhostFileError, ImportInterruptedError } from './import-error.ts'
import { lockSource } from './import-lock.ts'
import { makeArchive } from './test-archive.ts'
import { type ExportData, letters, lexicalOf, wrapExport } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

let target: ImportTarget
beforeAll(async () => {
  target = await createImportTarget()
})
beforeEach(() => target.reset())
afterAll(() => target[Symbol.asyncDispose]())

describe('the file', () => {
  it('may hold its tables in any order, and bare', async () => {
    const data = letters({}, {})
    await target.run(data)
    const before = await target.content()
    await target.reset()
    const reversed = Object.fromEntries(Object.entries(data).toReversed())
    await target.run(await target.folder.write('bare.json', JSON.stringify({ data: reversed })))
    expect(await target.content()).toBe(before)
  })

  it('that names what it does not hold is imported with warnings', async () => {
    const data = letters({ lexical: '{"root":', html: '<p>kept</p>' })
    const result = await target.run({ ...data, tags: [], users: [], unknown_table: [{ id: 1 }] })
    expect(result.created).toBe(1)
    expect(result.warnings).toEqual([
      '“Letter 1”: its text is damaged in the file and was read from an older form.',
      '“Letter 1”: a tag of it is not in the file.',
      '“Letter 1”: an author of it is not in the file.',
    ])
    expect(await target.query('select html from posts')).toEqual([{ html: '<p>kept</p>' }])
  })

  it('with the same post twice brings it once', async () => {
    const data = letters({}, {})
    const [first, second] = data.posts ?? []
    const result = await target.run({
      ...data,
      posts: [{ ...first }, { ...second, id: first?.['id'] }],
    })
    expect(result).toMatchObject({ created: 3 })
    expect(result.warnings[0]).toContain('two posts of the id')
    expect(await target.query('select title from posts')).toEqual([{ title: 'Letter 1' }])
  })

  it('with text that PostgreSQL does not take is imported without it', async () => {
    const lexical = lexicalOf('a\0b \uD800 c').replaceAll('\0', '\\u0000')
    await target.run(letters({ title: 'Nul\0', lexical }))
    expect(await target.query('select title, plaintext from posts')).toEqual([
      { title: 'Nul', plaintext: 'ab \uFFFD c' },
    ])
  })

  it.each<[string, ExportData, RegExp]>([
    ['a date', letters({}, { published_at: 'soon' }), /row 2, field “published_at”/],
    ['a title', letters({}, { title: null }), /table “posts”, row 2, field “title”/],
    ['a state', letters({ status: 'lost' }), /field “status”/],
    ['an id', letters({ id: '' }), /field “id”/],
    ['a tag’s name', { ...letters({}), tags: [{ id: '1' }] }, /table “tags”, row 1, field “name”/],
    [
      'a relation',
      { ...letters({}), posts_tags: [{ post_id: 'x' }] },
      /“posts_tags”, row 1, field “tag_id”/,
    ],
    [
      'an author',
      { ...letters({}), users: [{ id: 'x', password: 'hunter2' }] },
      /“users”, row 1, field “name”/,
    ],
  ])('that is wrong about %s changes nothing and names the place', async (_what, data, message) => {
    const before = await target.rowVersions()
    await expect(target.run(data)).rejects.toThrow(GhostFileError)
    await expect(target.run(data)).rejects.toThrow(message)
    await expect(target.run(data)).rejects.not.toThrow('hunter2')
    expect(await target.rowVersions()).toBe(before)
    expect(await target.query('select * from content_imports')).toEqual([])
  })

  it('that is wrong at its very end changes nothing, of an archive neither', async () => {
    const json = wrapExport(letters({}, {})).slice(0, -3)
    const picture = { name: 'content/images/a.png', content: 'x' }
    const archive = makeArchive([picture, { name: 'site.json', content: json }])
    for (const file of [
      await target.folder.write('cut.json', json),
      await target.folder.write('cut.zip', archive),
    ]) {
      await expect(target.run(file)).rejects.toThrow('ends too early')
      expect(await target.query('select id from posts')).toEqual([])
      expect(await target.query('select path from media')).toEqual([])
    }
  })
})

describe('an import', () => {
  it('waits for nobody: while another of the same site runs it says so', async () => {
    await using session = await openDatabaseSession(target.connection.database)
    await lockSource(session.database, 'ghost:site')
    await expect(target.run(letters({}))).rejects.toThrow('Another import of ghost:site is running')
    expect(await target.query('select * from content_imports')).toEqual([])
    expect((await target.run(letters({}), { siteName: 'other' })).created).toBe(3)
  })

  it('that is interrupted is noted, and goes on when it is run again', async () => {
    const data = letters(...Array.from({ length: 60 }, () => ({})))
    const stop = new AbortController()
    const interrupted = target.run(data, {
      signal: stop.signal,
      onProgress({ phase, processed }) {
        if (phase === 'posts' && processed >= 50) stop.abort(new ImportInterruptedError())
      },
    })
    // The last batch is done before the signal is looked at again.
    await expect(interrupted).rejects.toThrow(ImportInterruptedError)
    expect(await target.query('select state from content_imports')).toEqual([{ state: 'failed' }])
    const result = await target.run(data)
    expect(result.created + result.unchanged).toBe(62)
    expect(result.unchanged).toBeGreaterThanOrEqual(52)
  })

  it('tells how far it is', async () => {
    const seen: string[] = []
    await target.run(letters({}, {}), {
      onProgress: ({ phase, processed, total }) => seen.push(`${phase} ${processed}/${total}`),
    })
    expect(seen.filter((line) => !line.startsWith('reading'))).toEqual([
      'tags 1/1',
      'authors 1/1',
      'posts 2/2',
    ])
  })

  it('leaves a record with its counts', async () => {
    const result = await target.run(letters({}), { fileName: 'site.json' })
    const columns = 'id, state, source, file_name, total_count, created_count, unchanged_count'
    expect(await target.query(`select ${columns} from content_imports`)).toEqual([
      {
        id: result.importId,
        state: 'done',
        source: 'ghost:site',
        file_name: 'site.json',
        total_count: 3,
        created_count: 3,
        unchanged_count: 0,
      },
    ])
  })
})

import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createAuthor, createPost, createRedirect } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { media, posts } from '../../models/index.ts'
import { openExportFile } from '../ghost/export-file.ts'
import { readRedirectsYaml } from '../ghost/redirects-file.ts'
import { lexicalOf } from '../ghost/test-export.ts'
import { createImportTarget, type ImportTarget } from '../ghost/test-import.ts'
import { exportFrom, sorted, type TestExport } from './test-export.ts'

const evilTitle = 'A title\n---\nwith "lines": and # more'

let target: ImportTarget
let exported: TestExport
beforeAll(async () => {
  target = await createImportTarget()
  const { database } = target.connection
  for (const slug of [
    '..',
    '../../etc/passwd',
    'CON',
    'Twin',
    'twin',
    'ä'.repeat(190),
    '.hidden',
  ]) {
    const lexical = JSON.parse(lexicalOf(`This is ${slug}.`))
    await createPost(database, { slug, title: evilTitle, lexical })
  }
  await createPost(database, { slug: 'gone', status: 'trashed', trashedAt: new Date() })
  await createPost(database, { slug: 'broken', lexical: { no: 'document' }, html: '' })
  await createAuthor(database, { slug: 'wren', name: '=HYPERLINK("x")' })
  await createRedirect(database, { fromPath: '/a"b: [c]/', toPath: '/x\\y/' })
  await createRedirect(database, { fromPath: `/${'long/'.repeat(400)}`, toPath: '/short/' })
  await storeFiles(target)
  exported = await exportFrom(target)
})
afterAll(() => target[Symbol.asyncDispose]())

async function storeFiles({ folder, connection }: ImportTarget): Promise<void> {
  const facts = { contentHash: 'a', contentType: 'image/png', sizeBytes: 1 }
  const paths = [
    '/content/images/there.png',
    '/content/images/gone.png',
    '/content/images/../../secret.png',
    '/content/images/out.png',
    '/content/images/line\nbreak.png',
    '/content/images/size/w600/there.png',
    '/content/files/folder',
  ]
  await connection.database.insert(media).values(paths.map((path) => ({ path, ...facts })))
  const place = (path: string) => join(folder.mediaFolder, path)
  await mkdir(place('/content/files/folder'), { recursive: true })
  await mkdir(place('/content/images/size/w600'), { recursive: true })
  await writeFile(place('/content/images/there.png'), 'x')
  await writeFile(place('/content/images/size/w600/there.png'), 'x')
  const secret = join(dirname(folder.mediaFolder), 'secret.png')
  await writeFile(secret, 'secret')
  await symlink(secret, place('/content/images/out.png'))
}

describe('a site with odd names', () => {
  it('becomes files that can be unpacked anywhere', () => {
    const markdown = exported.archive.paths.filter((path) => path.startsWith('markdown/'))
    expect(markdown).toHaveLength(8)
    for (const path of markdown) {
      expect(path).toMatch(/^markdown\/posts\/[\p{L}\p{N}_-]+\.md$/u)
      expect(Buffer.byteLength(path)).toBeLessThan(230)
    }
    expect(new Set(markdown.map((path) => path.toLowerCase())).size).toBe(8)
  })

  it('says titles with lines and marks as they are', () => {
    const [, front = ''] = exported.archive.read('markdown/posts/CON.md').split(/^---$/m)
    expect(parse(front)).toMatchObject({ title: evilTitle, slug: 'CON', status: 'published' })
  })

  it('leaves out what is in the trash', () => {
    const slugs = exported.archive.tables['posts']?.map(({ slug }) => slug)
    expect(slugs).toContain('broken')
    expect(slugs).not.toContain('gone')
  })

  it('takes the files that are there and inside of the folder, and names the others', () => {
    const files = exported.archive.paths.filter((path) => path.startsWith('content/'))
    expect(files).toEqual(['content/images/there.png'])
    expect(exported.warnings.toSorted()).toEqual([
      String.raw`The file "/content/images/../../secret.png" has a name that cannot be packed.`,
      String.raw`The file "/content/images/line\nbreak.png" has a name that cannot be packed.`,
      'The file /content/files/folder is known and not there.',
      'The file /content/images/gone.png is known and not there.',
      'The file /content/images/out.png is known and not there.',
    ])
    const readme = exported.archive.read('README.txt')
    for (const warning of exported.warnings) expect(readme).toContain(warning)
  })

  it('has redirects that can be read again', () => {
    const list = readRedirectsYaml(exported.archive.read('redirects.yaml'))
    expect(list).toHaveLength(2)
    expect(list).toContainEqual({
      from: String.raw`^/a"b: \[c\]/$`,
      to: String.raw`/x\y/`,
      permanent: true,
    })
  })

  it('is an archive that the import takes', async () => {
    await using file = await openExportFile(exported.file)
    expect(file.media.map(({ path }) => path)).toEqual(['/content/images/there.png'])
  })

  it('is the same when nothing has changed, byte for byte but for the time', async () => {
    const again = await exportFrom(target)
    expect(sorted(again.archive.tables)).toEqual(sorted(exported.archive.tables))
    expect(again.archive.hashes).toEqual(exported.archive.hashes)
  })
})

describe('an export that cannot be written', () => {
  it('fails, and does not go on for ever', async () => {
    const file = join(target.folder.path, 'taken')
    await mkdir(file)
    await expect(exportFrom(target, { file })).rejects.toThrow('EISDIR')
    await rm(file, { recursive: true })
  })

  it('ends where it is called off', async () => {
    const stop = new AbortController()
    const file = join(target.folder.path, 'stopped.zip')
    const onProgress = () => stop.abort(new Error('called off'))
    const half = exportFrom(target, { file, onProgress, signal: stop.signal })
    await expect(half).rejects.toThrow('called off')
  })
})

describe('what somebody edits here', () => {
  it('is exported, and not what Ghost had', async () => {
    await using site = await createImportTarget()
    const mobiledoc = JSON.stringify({
      version: '0.3.1',
      atoms: [],
      cards: [],
      markups: [],
      sections: [[1, 'p', [[0, [], 0, 'From Ghost']]]],
    })
    const columns = { id: 'a'.repeat(24), title: 'A', slug: 'a', type: 'post', status: 'published' }
    const times = { created_at: '2026-01-01 00:00:00', updated_at: '2026-01-02 00:00:00' }
    await site.run({ posts: [{ ...columns, ...times, mobiledoc }] })
    const before = await exportFrom(site)
    expect(before.archive.tables['posts']?.[0]).toMatchObject({ mobiledoc, lexical: null })
    const lexical = JSON.parse(lexicalOf('Written here'))
    await site.connection.database.update(posts).set({ lexical, updatedAt: new Date() })
    const [after] = (await exportFrom(site)).archive.tables['posts'] ?? []
    expect(after).toMatchObject({ mobiledoc: null })
    expect(JSON.parse(String(after?.['lexical']))).toEqual(lexical)
  })
})

import { buffer, text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openExportFile } from './export-file.ts'
import { GhostFileError } from './import-error.ts'
import { makeArchive, type TestEntry } from './test-archive.ts'
import { createTestFolder, fixture, type TestFolder } from './test-export.ts'

let folder: TestFolder
beforeAll(async () => {
  folder = await createTestFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

const json: TestEntry = { name: 'site.ghost.json', content: '{"db":[]}' }

async function open(entries: readonly TestEntry[], limits?: Parameters<typeof openExportFile>[1]) {
  return openExportFile(await folder.write('export.zip', makeArchive(entries)), limits)
}

const limits = { entries: 100, totalBytes: 50_000_000, entryBytes: 40_000_000, ratio: 200 }

it('an archive of a real Ghost gives its JSON and its files', async () => {
  await using file = await openExportFile(fixture('ghost-6.65.0-export-with-images.zip'))
  expect((await text(await file.openJson())).startsWith('{"db"')).toBe(true)
  expect((await buffer(await file.openJson())).length).toBe(file.sizeBytes)
  expect(file.media.map(({ path }) => path).toSorted()).toEqual([
    '/content/files/2026/11/accounts.pdf',
    '/content/images/2026/11/gull-foggy-2.webp',
    '/content/images/2026/11/harbour-foggy-1.png',
    '/content/images/2026/11/ledger-foggy-4.png',
    '/content/images/2026/11/net-barnacled-3.jpg',
    '/content/images/2026/11/net-tarred-0.jpg',
  ])
})

it('a folder around everything is looked into, and litter and derivatives are passed by', async () => {
  await using file = await open([
    { name: 'backup/' },
    { name: 'backup/site.json', content: '{}' },
    { name: 'backup/content/images/2026/a.png', content: 'a' },
    { name: 'backup/content/images/size/w600/2026/a.png', content: 'a' },
    { name: 'backup/content/media/b.mp4', content: 'b' },
    { name: 'backup/content/themes/x.css', content: 'x' },
    { name: '__MACOSX/backup/._site.json', content: '' },
    { name: 'backup/.DS_Store', content: '' },
  ])
  expect(file.media.map(({ path }) => path)).toEqual([
    '/content/images/2026/a.png',
    '/content/media/b.mp4',
  ])
})

describe('an archive is refused', () => {
  it.each<[string, TestEntry, RegExp]>([
    ['with a path upwards', { name: '../evil.sh', content: 'x' }, /outside of it/],
    ['with a path upwards inside', { name: 'content/../../evil', content: 'x' }, /outside of it/],
    ['with an absolute path', { name: '/etc/cron.d/evil', content: 'x' }, /outside of it/],
    ['with a drive', { name: 'C:\\evil.exe', content: 'x' }, /outside of it/],
    ['with a path upwards in backslashes', { name: '..\\evil', content: 'x' }, /outside of it/],
    ['with a control character in a name', { name: 'content/a\nb', content: 'x' }, /is not a name/],
    ['with a link', { name: 'content/images/a', content: '/etc', mode: 0o120777 }, /a link/],
    ['with a device', { name: 'content/images/a', content: '', mode: 0o020666 }, /a link/],
    [
      'that is encrypted',
      { name: 'content/images/a', content: 'x', isEncrypted: true },
      /encrypted/,
    ],
    ['with the same file twice', json, /twice/],
    ['with a second export', { name: 'other.ghost.json', content: '{}' }, /several JSON files/],
    ['with a bomb', { name: 'content/a', content: new Uint8Array(3_000_000) }, /far too much/],
    [
      'that claims to be too large',
      { name: 'content/a', content: 'x', claimedBytes: 45_000_000 },
      /too large/,
    ],
  ])('%s', async (_what, entry, message) => {
    await expect(open([json, entry], limits)).rejects.toThrow(GhostFileError)
    await expect(open([json, entry], limits)).rejects.toThrow(message)
  })

  it('with too many files', async () => {
    const many = Array.from({ length: 101 }, (_, index) => ({ name: `content/${index}` }))
    await expect(open([json, ...many], limits)).rejects.toThrow('more than 100 files')
  })

  it('with too much in all', async () => {
    const halves = [1, 2].map((half) => ({ name: `content/${half}`, claimedBytes: 30_000_000 }))
    await expect(
      open([json, ...halves], { ...limits, ratio: Number.POSITIVE_INFINITY }),
    ).rejects.toThrow('too large when it is unpacked')
  })

  it('without an export in it', async () => {
    await expect(open([{ name: 'content/images/a.png' }])).rejects.toThrow('no JSON file')
  })

  it('cut in the middle', async () => {
    const whole = makeArchive([json, { name: 'content/images/a.png', content: 'abc' }])
    for (const length of [3, 30, whole.length - 30, whole.length - 1]) {
      const path = await folder.write('cut.zip', whole.subarray(0, length))
      await expect(openExportFile(path)).rejects.toThrow(GhostFileError)
    }
  })

  it('whose entry unpacks to more than it claims, while it is read', async () => {
    await using file = await open([{ ...json, content: 'x'.repeat(1000), claimedBytes: 10 }])
    await expect(file.openJson().then(text)).rejects.toThrow(/too many bytes/)
  })
})

it('a path that is no file is refused with a sentence', async () => {
  await expect(openExportFile(`${folder.path}/nothing.json`)).rejects.toThrow('There is no file')
  await expect(openExportFile(folder.path)).rejects.toThrow('is not a file')
  await expect(openExportFile(await folder.write('e.json', ''))).rejects.toThrow('is empty')
})

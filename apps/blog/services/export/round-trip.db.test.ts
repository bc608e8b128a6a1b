import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importRedirects } from '../ghost/import-redirects.ts'
import { importMembersFile } from '../ghost/members-file.ts'
import { readRedirectsYaml } from '../ghost/redirects-file.ts'
import { fixture } from '../ghost/test-export.ts'
import { createImportTarget, type ImportTarget } from '../ghost/test-import.ts'
import { roundTrip, sorted, type TestExport } from './test-export.ts'

/** As Ghost's own download has them, in the order of their addresses. */
const memberLines = [
  `6b024f906fb62964bafade7b,'+m0@mail.example,"Rope, Perran",'=1+1,false,,,2026-11-22T02:12:32.000Z,,"crew,new",,`,
  `6b024f906fb62964bafade82,m1.bollard@example.org,Elowen,"says ""hello""",true,,cus_1,2026-11-22T02:12:33.000Z,,,,`,
]

async function addMembersAndRedirects(target: ImportTarget, source: string): Promise<void> {
  const { database } = target.connection
  const heading =
    'id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers,gift_id'
  const text = Readable.from([[heading, ...memberLines].join('\r\n')])
  await importMembersFile(database, source, { text })
  const yaml = await readFile(new URL('./fixtures/redirects.yaml', import.meta.url), 'utf8')
  await importRedirects(database, source, readRedirectsYaml(yaml))
}

describe.each([
  'ghost-6.65.0-export-with-images.zip',
  'ghost-6.65.0-sqlite-export.json',
  'ghost-5.130.6-mobiledoc-export.json',
])('a site that was imported from %s, exported, imported elsewhere and exported again', (name) => {
  let target: ImportTarget
  let first: TestExport
  let second: TestExport
  beforeAll(async () => {
    target = await createImportTarget()
    const { source } = await target.run(fixture(name))
    await addMembersAndRedirects(target, source)
    const both = await roundTrip(target)
    first = both.first
    second = both.second
  })
  afterAll(() => target[Symbol.asyncDispose]())

  it('says the same in every table', () => {
    expect(first.archive.tables['posts']?.length).toBeGreaterThan(10)
    expect(sorted(second.archive.tables)).toEqual(sorted(first.archive.tables))
  })

  it('has the same files, byte for byte', () => {
    const files = ({ archive }: TestExport) =>
      Object.entries(archive.hashes).filter(([path]) => path.startsWith('content/'))
    expect(files(second)).toEqual(files(first))
    if (name.endsWith('.zip')) expect(files(first)).toHaveLength(6)
  })

  it('has the same texts in Markdown', () => {
    const paths = first.archive.paths.filter((path) => path.startsWith('markdown/'))
    expect(paths).toHaveLength(first.archive.tables['posts']?.length ?? 0)
    expect(second.archive.paths.filter((path) => path.startsWith('markdown/'))).toEqual(paths)
    for (const path of paths) expect(second.archive.read(path)).toBe(first.archive.read(path))
  })

  it('has the same members and the same redirects', () => {
    const lines = first.archive.read('members.csv').trimEnd().split('\r\n')
    expect(lines.slice(1)).toEqual(memberLines)
    expect(first.archive.read('redirects.yaml')).toContain('"/old-home/": "/"')
    for (const path of ['members.csv', 'redirects.yaml', 'routes.yaml']) {
      expect(second.archive.read(path)).toBe(first.archive.read(path))
    }
  })
})

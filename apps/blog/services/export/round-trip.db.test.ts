import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixture } from '../ghost/test-export.ts'
import { createImportTarget, type ImportTarget } from '../ghost/test-import.ts'
import { roundTrip, sorted, type TestExport } from './test-export.ts'

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
    await target.run(fixture(name))
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
})

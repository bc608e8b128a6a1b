import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { prepareBinaries } from './binaries.ts'

const account = { name: 'whoever runs this' }

function makePlace() {
  const folder = mkdtempSync(join(tmpdir(), 'rose-ash-binaries-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return { folder, cache: join(folder, 'cache') }
}

describe(prepareBinaries, () => {
  test('goes on to the next folder when one cannot be used', async () => {
    const { folder, cache } = makePlace()
    writeFileSync(join(folder, 'file'), '')
    const binaries = await prepareBinaries(account, [join(folder, 'file/below'), cache])
    expect(binaries.postgres.startsWith(cache)).toBe(true)
  })

  test('several at once leave one copy and nothing half done', async () => {
    const { cache } = makePlace()
    const all = await Promise.all([1, 2, 3].map(() => prepareBinaries(account, [cache])))
    expect(new Set(all.map(({ postgres }) => postgres)).size).toBe(1)
    expect(readdirSync(cache)).toHaveLength(1)
  })

  test('makes a damaged copy whole again', async () => {
    const { cache } = makePlace()
    const { postgres } = await prepareBinaries(account, [cache])
    const library = join(postgres, '../../lib')
    rmSync(library, { recursive: true })
    await prepareBinaries(account, [cache])
    expect(existsSync(library)).toBe(true)
  })
})

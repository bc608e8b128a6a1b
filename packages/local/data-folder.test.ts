import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDataFolder, removeDataFolder } from './data-folder.ts'

function createFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'rose-ash data-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return join(parent, 'some where', '.data')
}

test('the secret key is made once, long enough, and nobody else’s to read', () => {
  const folder = createFolder()
  const { secretKey } = openDataFolder(folder)
  expect(secretKey).toMatch(/^[0-9a-f]{64}$/)
  expect(openDataFolder(folder).secretKey).toBe(secretKey)
  expect(statSync(join(folder, 'secret-key')).mode & 0o777).toBe(0o600)
  expect(openDataFolder(createFolder()).secretKey).not.toBe(secretKey)
})

test('a key whose writing was cut short is made anew', () => {
  const folder = createFolder()
  openDataFolder(folder)
  writeFileSync(join(folder, 'secret-key'), '')
  const { secretKey } = openDataFolder(folder)
  expect(secretKey).toMatch(/^[0-9a-f]{64}$/)
  expect(readFileSync(join(folder, 'secret-key'), 'utf8')).toBe(secretKey)
})

test('starting over forgets everything, also when there was nothing', async () => {
  const folder = createFolder()
  const { secretKey } = openDataFolder(folder)
  await removeDataFolder(folder)
  await removeDataFolder(folder)
  expect(openDataFolder(folder).secretKey).not.toBe(secretKey)
})

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ImportUsageError, parseImportCommand, summaryOf, usage } from './import-ghost.ts'

const file = fileURLToPath(import.meta.url)
const folder = dirname(file)

describe('the import command', () => {
  it('takes a file, by the folder in which it was typed, and a name for the site', async () => {
    const command = await parseImportCommand(['import-ghost.test.ts'], folder)
    expect(command).toEqual({ file, siteName: undefined })
    expect(await parseImportCommand(['--', file, '--source', 'pebble'], '/')).toEqual({
      file,
      siteName: 'pebble',
    })
  })

  it.each([
    ['nothing', []],
    ['two files', ['a.json', 'b.json']],
    ['an unknown option', ['--force', 'a.json']],
    ['an option without its value', ['a.json', '--source']],
  ])('explains itself when given %s', async (_what, words) => {
    await expect(parseImportCommand(words, folder)).rejects.toThrow(ImportUsageError)
    await expect(parseImportCommand(words, folder)).rejects.toThrow(usage)
  })

  it('says what is wrong with a path', async () => {
    await expect(parseImportCommand(['nowhere.json'], folder)).rejects.toThrow(
      `There is no file ${join(folder, 'nowhere.json')}.`,
    )
    await expect(parseImportCommand(['.'], folder)).rejects.toThrow('is a folder, not an export')
  })

  it('ends with the counts, for people and for programs', () => {
    const warnings = ['one', 'two']
    expect(summaryOf({ created: 39, updated: 1, unchanged: 0, warnings })).toBe(
      '39 created, 1 updated, 0 unchanged, 2 warnings',
    )
  })
})

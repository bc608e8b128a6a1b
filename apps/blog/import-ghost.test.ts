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

  it('takes a site and a key, which may come from elsewhere', async () => {
    const address = 'https://pebble.example'
    const from = ['--from', address]
    const readKey = async () => 'piped\n'
    const parse = (words: readonly string[]) => parseImportCommand(words, folder, readKey)
    const site = (key: string, kind: string) => ({ site: { address, key, kind } })
    expect(await parse([...from, '--key', 'k'])).toEqual(site('k', 'admin'))
    expect(await parse([...from, '--content-key', 'k'])).toEqual(site('k', 'content'))
    expect(await parse(from)).toEqual(site('piped', 'admin'))
    expect(await parse([...from, '--content-key', '-'])).toEqual(site('piped', 'content'))
  })

  it.each([
    ['nothing', []],
    ['two files', ['a.json', 'b.json']],
    ['an unknown option', ['--force', 'a.json']],
    ['an option without its value', ['a.json', '--source']],
    ['a file and a site', ['a.json', '--from', 'https://pebble.example']],
    ['a key and no site', ['a.json', '--key', 'k']],
    ['two keys', ['--from', 'https://pebble.example', '--key', 'a', '--content-key', 'b']],
    ['a site without a key', ['--from', 'https://pebble.example']],
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

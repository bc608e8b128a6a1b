import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ExportUsageError, parseExportCommand } from './export-command.ts'

const folder = import.meta.dirname
const parse = (...words: readonly string[]) => parseExportCommand(words, folder)

describe('the export command', () => {
  it('takes a file by the folder in which it was typed, and leaves members out unless asked', async () => {
    expect(await parse('--', 'site.zip')).toEqual({
      file: join(folder, 'site.zip'),
      choice: { kind: 'everything', withMembers: false, withRevisions: false },
      address: undefined,
    })
    const { choice } = await parse('site.zip', '--members', '--revisions')
    expect(choice).toEqual({ kind: 'everything', withMembers: true, withRevisions: true })
  })

  it('takes the address of the site, and packs for Ghost', async () => {
    const words = ['/tmp/site.zip', '--for-ghost', '--site', 'https://the.site/blog']
    expect(await parse(...words)).toEqual({
      file: '/tmp/site.zip',
      choice: { kind: 'ghost', withMembers: false, withRevisions: false },
      address: 'https://the.site',
    })
  })

  it.each([
    ['nothing', []],
    ['two files', ['a.zip', 'b.zip']],
    ['an unknown option', ['a.zip', '--everything']],
    ['members for Ghost', ['a.zip', '--for-ghost', '--members']],
    ['revisions for Ghost', ['a.zip', '--for-ghost', '--revisions']],
    ['no address of a site', ['a.zip', '--site', 'nowhere']],
    ['an address of something else', ['a.zip', '--site', 'ftp://the.site']],
  ])('explains itself when given %s', async (_what, words) => {
    await expect(parse(...words)).rejects.toThrow(ExportUsageError)
    await expect(parse(...words)).rejects.toThrow('Usage: pnpm export <file.zip>')
  })

  it('writes over nothing', async () => {
    await expect(parse('export-command.ts')).rejects.toThrow('There is something at')
  })
})

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeArchive } from './test-archive.ts'
import { type ExportData, letters, lexicalOf, wrapExport } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

let target: ImportTarget
beforeAll(async () => {
  target = await createImportTarget()
})
beforeEach(() => target.reset())
afterAll(() => target[Symbol.asyncDispose]())

describe('pictures', () => {
  const png = (shade: number, { width = 700, progressive = false } = {}) =>
    sharp({ create: { width, height: 10, channels: 3, background: { r: shade, g: 0, b: 0 } } })
      .png({ progressive })
      .toBuffer()
  const path = 'content/images/2026/a.png'

  async function archive(picture: Uint8Array, data: ExportData): Promise<string> {
    const entries = [
      { name: 'site.json', content: wrapExport(data) },
      { name: path, content: picture },
    ]
    return target.folder.write('export.zip', makeArchive(entries))
  }

  it('of two sites under one name do not overwrite one another', async () => {
    const shows = { feature_image: `__GHOST_URL__/${path}` }
    await target.run(await archive(await png(10), letters(shows)), { siteName: 'one' })
    const second = await archive(await png(200), letters(shows))
    await target.run(second, { siteName: 'two' })
    const rows = await target.query('select feature_image, source from posts order by source')
    expect(rows[0]).toEqual({ feature_image: `/${path}`, source: 'ghost:one' })
    expect(rows[1]?.['feature_image']).toMatch(/^\/content\/images\/2026\/a-[0-9a-f]{8}\.png$/)
    expect(await target.query('select path from media')).toHaveLength(2)
    const before = await target.rowVersions()
    await target.run(second, { siteName: 'two' })
    expect(await target.rowVersions()).toBe(before)
  })

  it('are known by what they are like, also those that came before that was kept', async () => {
    const file = await archive(await png(90), letters({}))
    const placeholders = () => target.query('select placeholder from media')
    const known = [{ placeholder: expect.stringMatching(/^data:image\/webp;base64,/) }]
    await target.run(file)
    expect(await placeholders()).toEqual(known)
    await target.query('update media set placeholder = null')
    await target.run(file)
    expect(await placeholders()).toEqual(known)
  })

  it('that are damaged are taken over with a warning', async () => {
    const whole = await png(1)
    const half = whole.subarray(0, whole.length - 20)
    // Too small to be made smaller.
    const interlaced = await png(1, { width: 300, progressive: true })
    for (const [content, warning] of [
      [interlaced.subarray(0, interlaced.length / 2), /a\.png is damaged/],
      [half, /The picture \/content\/images\/2026\/a\.png is damaged/],
      [Buffer.from('not a picture'), /is no picture/],
    ] as const) {
      await rm(target.folder.mediaFolder, { recursive: true, force: true })
      await target.query('delete from media')
      const result = await target.run(await archive(content, letters({})))
      expect(result.warnings[0]).toMatch(warning)
    }
  })

  it('that lie in the media folder already need no archive', async () => {
    const shows = letters({ feature_image: '__GHOST_URL__/content/images/2026/a.png' })
    const file = join(target.folder.mediaFolder, path)
    await target.run(await archive(await png(1), letters({})), { siteName: 'one' })
    await target.query('delete from media')
    expect((await sharp(file).metadata()).width).toBe(700)
    expect((await target.run(shows, { siteName: 'two' })).warnings).toEqual(
      [
        '“Letter 1”: the post is at “letter-1-2”, since “letter-1” was taken.',
        'The author “Wren” is at “wren-2”, since “wren” was taken.',
      ].toReversed(),
    )
    expect(await target.query('select path, width from media')).toEqual([
      { path: `/${path}`, width: 700 },
    ])
  })

  it('that are missing or elsewhere are named with their post', async () => {
    const result = await target.run(
      letters({
        feature_image: 'https://pictures.example.org/gull.jpg',
        lexical: lexicalOf('x').replace(
          '"children":[{',
          '"children":[{"type":"image","src":"__GHOST_URL__/content/images/gone.png"},{',
        ),
      }),
    )
    expect(result.warnings).toEqual([
      '“Letter 1”: files it names are missing: /content/images/gone.png.',
      '“Letter 1”: pictures on other sites were not taken over: https://pictures.example.org/gull.jpg.',
    ])
  })
})

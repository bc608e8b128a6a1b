import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { cleanMedia } from './clean-media.ts'
import { oggChecksum } from './ogg-comments.ts'
import { box, chunk, element, id3v2, mp3, numbers, oggPage, wav } from './test-media.ts'

const folder = await mkdtemp(join(tmpdir(), 'rose-ash-media-'))
afterAll(() => rm(folder, { recursive: true }))

async function clean(bytes: Buffer, ending: string): Promise<Buffer> {
  const path = join(folder, `x.${ending}`)
  await writeFile(path, bytes)
  await cleanMedia(path, { ending, fileName: `x.${ending}` })
  return readFile(path)
}

const secret = 'Ada Quay +59.3-18.1/ on her phone'
const ftyp = box('ftyp', 'isom', numbers(512), 'isom')
const dates = numbers(0, 3_900_000_000, 3_900_000_001, 600, 1200)

function track(handler: string, ...tables: readonly Buffer[]): Buffer {
  const named = box('hdlr', numbers(0, 0), handler, numbers(0, 0, 0), `${secret}\0`)
  const media = box('mdia', box('mdhd', dates), named, box('minf', box('stbl', ...tables)))
  return box('trak', box('tkhd', dates), media, box('udta', secret), box('meta', secret))
}

describe('a film', () => {
  test('loses what its maker wrote, and all else stays where it is', async () => {
    const moov = (...more: readonly Buffer[]) =>
      box('moov', box('mvhd', dates), track('vide', box('stsd', 'kept')), ...more)
    const film = Buffer.concat([
      ftyp,
      box('uuid', secret),
      moov(box('udta', box('meta', secret)), box('meta', secret), box('uuid', secret)),
      box('free', secret),
      box('mdat', 'the pictures'),
      box('meta', secret),
      box('ABCD', secret),
    ])
    const cleaned = await clean(film, 'mp4')
    expect(cleaned.length).toBe(film.length)
    expect(cleaned.toString('latin1')).not.toMatch(/Ada|59\.3|phone/)
    for (const kept of ['mvhd', 'tkhd', 'stsd', 'kept', 'vide', 'the pictures']) {
      expect(cleaned.indexOf(kept)).toBe(film.indexOf(kept))
    }
    const header = cleaned.indexOf('mvhd')
    expect(cleaned.subarray(header + 4, header + 24)).toEqual(numbers(0, 0, 0, 600, 1200))
    expect(await clean(cleaned, 'mp4')).toEqual(cleaned)
  })

  test('loses a track of places, with what it held', async () => {
    const build = (first: number) => {
      const sizes = box('stsz', numbers(0, 0, 3, 4, 6, 5))
      const runs = box('stsc', numbers(0, 2, 1, 2, 1, 2, 1, 1))
      const chunks = box('stco', numbers(0, 2, first, first + 20))
      return Buffer.concat([
        ftyp,
        box('moov', track('vide'), track('meta', sizes, runs, chunks)),
        box('mdat', '59.3000000 and more 18.1 and more'),
      ])
    }
    const draft = build(0)
    const cleaned = await clean(build(draft.indexOf('59.3000')), 'mp4')
    const pictures = cleaned.subarray(cleaned.indexOf('mdat') + 4).toString()
    expect(pictures).toBe(`${'\0'.repeat(10)} and more ${'\0'.repeat(5)}and more`)
    expect(cleaned.indexOf('trak', cleaned.indexOf('trak') + 4)).toBe(-1)
  })

  test('with lengths of 64 bits, or one that is left open, is read to its end', async () => {
    const long = Buffer.concat([
      numbers(1),
      Buffer.from('udta'),
      numbers(0, 24),
      Buffer.from(secret.slice(0, 8)),
    ])
    const open = Buffer.concat([numbers(0), Buffer.from('mdat'), Buffer.from('pictures')])
    const cleaned = await clean(Buffer.concat([ftyp, box('moov', long), open]), 'mp4')
    expect(cleaned.toString('latin1')).not.toContain('Ada')
    expect(cleaned.toString('latin1')).toContain('pictures')
  })

  const cut = box('moov', box('trak', 'x')).subarray(0, -1)
  const tooLong = box('moov', Buffer.concat([numbers(4000), Buffer.from('trak')]))
  const table = box('stsz', numbers(0, 0, 2_000_000))
  const runs = box('stsc', numbers(0, 1, 1, 2_000_000, 1))
  const beyond = track('meta', table, runs, box('stco', numbers(0, 1, 0)))
  test.each([
    ['without a film in it', ftyp],
    ['that is cut off', Buffer.concat([ftyp, cut])],
    ['whose parts are longer than what they are in', Buffer.concat([ftyp, tooLong])],
    ['whose parts have no length', Buffer.concat([ftyp, box('moov', numbers(4), 'trak')])],
    [
      'with a track of places in fragments',
      Buffer.concat([ftyp, box('moov', track('meta')), box('moof', '')]),
    ],
    ['whose tables are too short', Buffer.concat([ftyp, box('moov', beyond)])],
  ])('%s is refused', async (_what, film) => {
    await expect(clean(film, 'mp4')).rejects.toThrow('x.mp4 is damaged or not whole')
  })

  test('in WebM loses its tags, its titles and its programs’ names', async () => {
    const info = element(
      0x1549_a966,
      element(0xbf, '1234'),
      element(0x7ba9, secret),
      element(0x4d80, secret),
      element(0x2ad7_b1, 'scale'),
    )
    const tracks = element(
      0x1654_ae6b,
      element(0xae, element(0x536e, secret), element(0x86, 'V_VP9')),
    )
    const film = Buffer.concat([
      element(0x1a45_dfa3, element(0x4282, 'webm')),
      element(
        0x1853_8067,
        info,
        tracks,
        element(0x1254_c367, secret.repeat(20)),
        element(0x1f43_b675, 'the pictures'),
        element(0x1941_a469, secret),
      ),
    ])
    const cleaned = await clean(film, 'webm')
    expect(cleaned.length).toBe(film.length)
    expect(cleaned.toString('latin1')).not.toMatch(/Ada|59\.3|phone/)
    for (const kept of ['V_VP9', 'the pictures', 'scale']) {
      expect(cleaned.indexOf(kept)).toBe(film.indexOf(kept))
    }
    expect(await clean(cleaned, 'webm')).toEqual(cleaned)
    await expect(clean(film.subarray(0, -1), 'webm')).rejects.toThrow('damaged or not whole')
  })
})

describe('a sound', () => {
  test('loses tags before and after it', async () => {
    const ape = Buffer.alloc(32)
    ape.write('APETAGEX')
    ape.writeUInt32LE(32 + secret.length, 12)
    const old = Buffer.concat([Buffer.from(`TAG${secret}`), Buffer.alloc(125 - secret.length)])
    const tagged = [
      id3v2(secret),
      id3v2('cover'.repeat(40_000)),
      mp3(),
      Buffer.from(secret),
      ape,
      old,
    ]
    expect(await clean(Buffer.concat(tagged), 'mp3')).toEqual(mp3())
    expect(await clean(mp3(), 'mp3')).toEqual(mp3())
    await expect(clean(id3v2(secret).subarray(0, -1), 'mp3')).rejects.toThrow('damaged')
    await expect(clean(id3v2(secret), 'mp3')).rejects.toThrow('damaged')
  })

  test('in WAV loses its lists, and what stands after it', async () => {
    const tagged = wav(chunk('LIST', `INFO${secret}`), chunk('bext', secret), chunk('id3 ', secret))
    const cleaned = await clean(Buffer.concat([tagged, Buffer.from(`TAG${secret}`)]), 'wav')
    expect(cleaned.length).toBe(tagged.length)
    expect(cleaned.toString('latin1')).not.toContain('Ada')
    expect(cleaned.indexOf('data')).toBe(tagged.indexOf('data'))
    const cut = wav().subarray(0, 4000)
    expect(await clean(Buffer.from(cut), 'wav')).toEqual(cut)
    const broken = wav(Buffer.from('LIST\xff\xff\xff\x7f', 'latin1'))
    await expect(clean(broken, 'wav')).rejects.toThrow('damaged')
  })

  test('in Ogg loses its comments, over several pages, and keeps its length', async () => {
    const comments = Buffer.concat([Buffer.from('OpusTags'), Buffer.from(secret.repeat(40))])
    const [first, rest] = [comments.subarray(0, 1020), comments.subarray(1020)]
    // The first page ends in the middle of the packet.
    const begun = oggPage(1, first)
    const page = Buffer.concat([begun.subarray(0, 26), Buffer.from([4, 255, 255, 255, 255]), first])
    const sound = Buffer.from('the sound')
    const file = Buffer.concat([
      oggPage(0, Buffer.from('OpusHead')),
      page,
      oggPage(2, rest),
      oggPage(3, sound),
    ])
    const cleaned = await clean(file, 'ogg')
    expect(cleaned.length).toBe(file.length)
    expect(cleaned.toString('latin1')).not.toContain('Ada')
    expect(cleaned.indexOf('the sound')).toBe(file.indexOf('the sound'))
    const at = cleaned.indexOf('OpusTags')
    const maker = cleaned.readUInt32LE(at + 8)
    expect(maker).toBe(comments.length - 16)
    // The check value of CRC-32/CKSUM, before its last step.
    expect(oggChecksum(Buffer.from('123456789'))).toBe(0x89a1_897f)
    await expect(clean(file.subarray(0, -1), 'ogg')).rejects.toThrow('damaged')
  })
})

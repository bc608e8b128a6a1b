import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { media } from '../../../models/index.ts'
import { box, id3v2, mp3 } from '../../../services/editing/metadata/test-media.ts'
import { createEditorApp } from './test-editor-app.ts'

const connection = await createTestDatabase()
const blog = await createTestApp({ app: 'blog', create: createEditorApp, connection })
const { mediaFolder } = blog.dependencies.config
const editor = await blog.signInAs('editor')
vi.setConfig({ testTimeout: 60_000 })
beforeAll(async () => {
  await blog.dependencies.jobs.start()
  await blog.registerJobs?.(blog.dependencies.jobs)
})
afterAll(async () => {
  await blog.dependencies.jobs.stop()
  await blog.close()
  await connection.close()
})

interface Answer {
  readonly url: string
  readonly fileName: string
  readonly width: number | null
  readonly height: number | null
  readonly detail: string
}

async function upload(
  bytes: Buffer,
  fileName: string,
  { kind = 'image', cookies = editor }: { kind?: string; cookies?: Record<string, string> } = {},
) {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), fileName)
  const encoded = new Response(form)
  const answer = await blog.app.inject({
    method: 'POST',
    url: `/admin/media/?kind=${kind}`,
    cookies,
    headers: {
      'content-type': encoded.headers.get('content-type') ?? '',
      accept: 'application/json',
    },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  return { status: answer.statusCode, body: answer.json<Answer>() }
}

/** With some grain, so that it takes some bytes. */
function picture(width: number, height: number) {
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const
  return sharp({ create: { width, height, channels: 3, background: 'teal', noise } })
}

function fileAt(url: string): string {
  return join(mediaFolder, url)
}

describe('a picture', () => {
  test('is turned upright, and says nothing of where and with what it was taken', async () => {
    const taken = await picture(600, 400)
      .withMetadata({ orientation: 6 })
      .withExifMerge({
        IFD0: { Make: 'Rolleiflex' },
        IFD3: { GPSLatitude: '50/1 5/1 0/1', GPSLatitudeRef: 'N' },
      })
      .jpeg()
      .toBuffer()
    expect(taken.includes('Rolleiflex')).toBe(true)
    expect((await sharp(taken).metadata()).exif).toBeDefined()

    const { status, body } = await upload(taken, 'Old harbour.JPG')
    expect(status).toBe(201)
    expect(body).toMatchObject({ fileName: 'Old harbour.JPG', width: 400, height: 600 })
    expect(body.url).toMatch(/^\/content\/images\/\d{4}\/\d{2}\/old-harbour-[0-9a-f]{12}\.jpg$/)
    const kept = await sharp(fileAt(body.url)).metadata()
    expect(kept).toMatchObject({ width: 400, height: 600, format: 'jpeg' })
    expect(kept.exif).toBeUndefined()
    expect(kept.orientation).toBeUndefined()
    expect(readFileSync(fileAt(body.url)).includes('Rolleiflex')).toBe(false)
  })

  test('is known with its size and a tiny picture of itself', async () => {
    const { body } = await upload(await picture(700, 500).png().toBuffer(), 'boats.png')
    const [row] = await connection.database.select().from(media).where(eq(media.path, body.url))
    expect(row).toMatchObject({ contentType: 'image/png', width: 700, height: 500 })
    expect(row?.placeholder).toMatch(/^data:image\/webp;base64,/)
    expect(row?.placeholder?.length).toBeLessThan(1500)
    const small = Buffer.from(row?.placeholder?.split(',')[1] ?? '', 'base64')
    expect(await sharp(small).metadata()).toMatchObject({ width: 16, format: 'webp' })
  })

  test('goes out in its smaller sizes, and to newer browsers in smaller formats', async () => {
    const { body } = await upload(await picture(700, 400).jpeg().toBuffer(), 'quay.jpg')
    const small = body.url.replace('/images/', '/images/size/w600/')
    expect(existsSync(fileAt(small))).toBe(true)
    await expect.poll(() => existsSync(`${fileAt(small)}.webp`), { timeout: 40_000 }).toBe(true)
    for (const url of [body.url, small]) {
      const answer = await blog.app.inject({ url, headers: { accept: 'image/avif,image/webp' } })
      expect(answer.headers).toMatchObject({ 'content-type': 'image/avif', vary: 'accept' })
      expect(answer.headers['cache-control']).toContain('immutable')
      expect((await sharp(answer.rawPayload).metadata()).format).toBe('heif')
      const old = await blog.app.inject({ url })
      expect(old.headers['content-type']).toBe('image/jpeg')
      expect(answer.rawPayload.length).toBeLessThan(old.rawPayload.length)
    }
  })

  test('that moves goes on moving', async () => {
    const frames = await Promise.all([1, 2].map(() => picture(40, 30).png().toBuffer()))
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    const { status, body } = await upload(gif, 'waves.gif')
    expect(status).toBe(201)
    expect(body).toMatchObject({ width: 40, height: 30 })
    expect((await sharp(fileAt(body.url)).metadata()).pages).toBe(2)
  })

  test('is one file when it is sent twice, also at once', async () => {
    const bytes = await picture(640, 480).jpeg().toBuffer()
    const [one, two] = await Promise.all([upload(bytes, 'gull.jpg'), upload(bytes, 'gull.jpg')])
    const later = await upload(bytes, 'another name.jpg')
    expect([one.status, two.status, later.status]).toEqual([201, 201, 201])
    expect(two.body.url).toBe(one.body.url)
    expect(later.body.url).toBe(one.body.url)
    expect(later.body.fileName).toBe('another name.jpg')
  })
})

describe('what is refused', () => {
  const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')

  const words = Buffer.from('<html>hello')
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
  test.each([
    { fileName: 'logo.svg', kind: 'image', bytes: drawing, sentence: 'logo.svg is an SVG drawing' },
    { fileName: 'logo.png', kind: 'image', bytes: drawing, sentence: 'logo.png is an SVG drawing' },
    { fileName: 'x.jpg', kind: 'image', bytes: words, sentence: 'x.jpg is not a picture' },
    { fileName: 'x.mp4', kind: 'video', bytes: words, sentence: 'x.mp4 is not a film' },
    { fileName: 'x.mp3', kind: 'audio', bytes: jpeg, sentence: 'x.mp3 is not a sound' },
  ])('what $fileName only says it is', async ({ fileName, kind, bytes, sentence }) => {
    const { status, body } = await upload(bytes, fileName, { kind })
    expect(status).toBe(415)
    expect(body.detail).toContain(sentence)
  })

  test('half a picture', async () => {
    const whole = await picture(600, 400).jpeg().toBuffer()
    const { status, body } = await upload(whole.subarray(0, whole.length / 2), 'half.jpg')
    expect([status, body.detail]).toEqual([415, expect.stringContaining('damaged')])
  })

  test('more than the site takes, which is named', async () => {
    const { uploadBytes } = blog.dependencies.config.limits
    const { status, body } = await upload(Buffer.alloc(uploadBytes + 1), 'long.mp4', {
      kind: 'video',
    })
    expect([status, body.detail]).toEqual([413, 'That is too large: 10 MB at most.'])
  })

  test('nothing at all, and what is of no kind', async () => {
    const empty = await blog.app.inject({ method: 'POST', url: '/admin/media/', cookies: editor })
    expect([empty.statusCode, empty.json().detail]).toEqual([400, 'Please choose a file first.'])
    const { status, body } = await upload(Buffer.from('x'), 'x', { kind: 'poem' })
    expect([status, body.detail]).toEqual([400, expect.stringContaining('mediaThumbnail')])
  })

  test('what comes from somebody who may not write', async () => {
    const cookies = await blog.signInAs('market')
    const { status } = await upload(Buffer.from('x'), 'x.jpg', { cookies })
    expect(status).toBe(403)
  })

  test('leaves nothing behind', () => {
    expect(readdirSync(join(mediaFolder, '.incoming'))).toEqual([])
  })
})

describe('other files', () => {
  test('a film and a sound lose what their makers wrote, and a file does not', async () => {
    const made = (tail: string) =>
      Buffer.concat([
        box('ftyp', 'mp42'),
        box('moov', box('mvhd', Buffer.alloc(20))),
        Buffer.from(tail),
      ])
    const film = made('\0\0\0\x0fmetaAda at sea'.slice(0, 15))
    const { status, body } = await upload(film, 'Regatta.mov', { kind: 'video' })
    expect(status).toBe(201)
    expect(body.url).toMatch(/^\/content\/media\/.+\/regatta-[0-9a-f]{12}\.mp4$/)
    expect(readFileSync(fileAt(body.url))).toEqual(made('\0\0\0\x0ffree\0\0\0\0\0\0\0'))
    const song = Buffer.concat([id3v2('Ada'), mp3()])
    const sound = await upload(song, 'song.mp3', { kind: 'audio' })
    const served = await blog.app.inject({ url: sound.body.url })
    expect(served.headers['content-type']).toBe('audio/mpeg')
    expect(served.rawPayload).toEqual(mp3())
    const file = await upload(song, 'song.mp3', { kind: 'file' })
    expect(readFileSync(fileAt(file.body.url))).toEqual(song)
    const broken = await upload(Buffer.from('ID3 and so on'), 'song.mp3', { kind: 'audio' })
    expect([broken.status, broken.body.detail]).toEqual([415, expect.stringContaining('not whole')])
  })

  test('a drawing as a file is a download', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    const { body } = await upload(svg, 'plan.svg', { kind: 'file' })
    const { headers } = await blog.app.inject({ url: body.url })
    expect(headers['content-disposition']).toBe('attachment')
  })
})

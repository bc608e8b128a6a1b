import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createTestShell } from './app/test-shell.ts'

const shell = await createTestShell()
afterAll(() => shell.close())

const { mediaFolder } = shell.dependencies.config
const folder = join(mediaFolder, 'content/images/2026')
mkdirSync(folder, { recursive: true })
const bytes = Buffer.from('0123456789'.repeat(400))
for (const name of [
  'loaf.png',
  'évasé.webp',
  'page.html',
  'paper.pdf',
  'drawing.svg',
  'script.js',
]) {
  writeFileSync(join(folder, name), bytes)
}
writeFileSync(join(mediaFolder, 'secret.txt'), 'nobody’s business')
writeFileSync(join(folder, '.hidden.png'), bytes)
mkdirSync(join(mediaFolder, 'content-of-another'))
writeFileSync(join(mediaFolder, 'content-of-another/loaf.png'), bytes)
symlinkSync(join(mediaFolder, 'secret.txt'), join(folder, 'link.txt'))

const picture = '/content/images/2026/loaf.png'

function get(url: string, headers: Record<string, string> = {}) {
  return shell.app.inject({ url, headers })
}

describe('a picture', () => {
  test('is shown, and kept for a week', async () => {
    const answer = await get(picture)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': '4000',
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=604800, stale-while-revalidate=86400',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers['content-disposition']).toBeUndefined()
    expect(answer.rawPayload).toEqual(bytes)
  })

  test('is found by a name in any script', async () => {
    expect((await get(encodeURI('/content/images/2026/évasé.webp'))).statusCode).toBe(200)
  })

  test('is not sent again to whoever has it', async () => {
    const { headers } = await get(picture)
    const etag = await get(picture, { 'if-none-match': String(headers['etag']) })
    expect([etag.statusCode, etag.body]).toEqual([304, ''])
    expect(etag.headers['cache-control']).toContain('max-age=604800')
    const since = await get(picture, { 'if-modified-since': String(headers['last-modified']) })
    expect(since.statusCode).toBe(304)
  })

  test('is sent in part when a part is asked for, also to whoever takes it compressed', async () => {
    const headers = { range: 'bytes=10-19', 'accept-encoding': 'br' }
    for (const url of [picture, '/content/images/2026/drawing.svg']) {
      const answer = await get(url, headers)
      expect(answer.statusCode).toBe(206)
      expect(answer.headers['content-range']).toBe('bytes 10-19/4000')
      expect(answer.headers['content-encoding']).toBeUndefined()
      expect(answer.body).toBe('0123456789')
    }
    expect((await get(picture, { range: 'bytes=9000-' })).statusCode).toBe(416)
  })

  test('tells HEAD what GET would', async () => {
    const answer = await shell.app.inject({ method: 'HEAD', url: picture })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-length']).toBe('4000')
    expect(answer.body).toBe('')
  })
})

describe('a picture with smaller formats beside it', () => {
  const path = '/content/images/2026/harbour-0123456789ab.jpg'
  const written = join(folder, 'harbour-0123456789ab.jpg')
  writeFileSync(written, bytes)
  writeFileSync(`${written}.avif`, 'as AVIF')
  writeFileSync(`${written}.webp`, 'as WebP')
  const chromium = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'

  test.each([
    [chromium, 'image/avif', 'as AVIF'],
    ['image/webp,*/*;q=0.5', 'image/webp', 'as WebP'],
    ['image/avif;q=0, image/webp', 'image/webp', 'as WebP'],
    ['image/*,*/*', 'image/jpeg', bytes.toString()],
    ['', 'image/jpeg', bytes.toString()],
  ])('goes out as the browser takes it: %s', async (accept, type, body) => {
    const answer = await get(path, { accept })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'content-type': type, vary: 'accept' })
    expect(answer.body).toBe(body)
  })

  test('is kept for ever, since its name tells its content', async () => {
    const { headers } = await get(path, { accept: chromium })
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  test('has another tag in another format, and is not sent again to whoever has that one', async () => {
    const plain = await get(path)
    const small = await get(path, { accept: chromium })
    expect(small.headers['etag']).not.toBe(plain.headers['etag'])
    const again = await get(path, {
      accept: chromium,
      'if-none-match': String(small.headers['etag']),
    })
    expect([again.statusCode, again.headers['vary']]).toEqual([304, 'accept'])
  })

  test('has none of a format that is not there', async () => {
    const answer = await get(picture, { accept: chromium })
    expect(answer.headers).toMatchObject({ 'content-type': 'image/png', vary: 'accept' })
  })
})

test('a drawing among the files is a download', async () => {
  mkdirSync(join(mediaFolder, 'content/files'), { recursive: true })
  writeFileSync(join(mediaFolder, 'content/files/drawing.svg'), '<svg/>')
  const { headers } = await get('/content/files/drawing.svg')
  expect(headers['content-disposition']).toBe('attachment')
})

describe('what somebody uploaded', () => {
  test.each(['page.html', 'paper.pdf', 'drawing.svg', 'script.js', 'loaf.png'])(
    'runs nothing on our pages: %s',
    async (name) => {
      const { headers } = await get(`/content/images/2026/${name}`)
      const policy = String(headers['content-security-policy'])
      expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox")
    },
  )

  test.each(['page.html', 'paper.pdf', 'script.js'])('is a download: %s', async (name) => {
    const { headers } = await get(`/content/images/2026/${name}`)
    expect(headers['content-disposition']).toBe('attachment')
  })
})

describe('the media folder', () => {
  test.each([
    '/content/../secret.txt',
    '/content/%2e%2e/secret.txt',
    '/content/..%2fsecret.txt',
    '/content/images/..%2f..%2f..%2fsecret.txt',
    '/content/%5c..%5csecret.txt',
    '/content/..%00/secret.txt',
    '/content//etc/passwd',
    '/content-of-another/loaf.png',
    '/content/images/2026/.hidden.png',
    '/content/images/2026/',
    '/content/images/2026/none.png',
    '/content/',
  ])('gives nothing away at %s', async (url) => {
    const answer = await get(url, { accept: 'text/html' })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.body).not.toContain('business')
    // What is missing today may be there tomorrow.
    expect(answer.headers['cache-control']).not.toContain('max-age')
  })
})

import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { createTestShell } from '../app/test-shell.ts'

const shell = await createTestShell()
afterAll(() => shell.close())

const { assets } = shell.dependencies
const path = assets.pathOf('site.css')
const asset = assets.findByPath(path)!

function get(url: string, headers: Record<string, string> = {}) {
  return shell.app.inject({ url, headers })
}

describe('an asset', () => {
  test('has its content’s hash in its name, so that a change is seen at once', () => {
    for (const name of ['site.css', 'site.js', 'theme.js', 'htmx.js', 'favicon.svg']) {
      const found = assets.findByPath(assets.pathOf(name))!
      const hash = createHash('sha256').update(found.body).digest('hex').slice(0, 12)
      expect(found.path).toMatch(new RegExp(`^/assets/\\w+\\.${hash}\\.\\w+$`))
    }
  })

  test('is kept for ever', async () => {
    const answer = await get(path)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.rawPayload).toEqual(asset.body)
  })

  test.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip;q=1, br;q=0', 'gzip', gunzipSync],
  ])('is sent as small as the browser can take it: %s', async (accepted, encoding, decompress) => {
    const answer = await get(path, { 'accept-encoding': accepted })
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(answer.headers['vary']).toBe('accept-encoding')
    expect(answer.rawPayload.length).toBeLessThan(asset.body.length / 2)
    expect(decompress(answer.rawPayload)).toEqual(asset.body)
  })

  test.each(['', 'identity', 'br;q=0, gzip;q=0.0', 'zebra'])(
    'is sent as it is to whoever takes nothing else: %j',
    async (accepted) => {
      const answer = await get(path, { 'accept-encoding': accepted })
      expect(answer.headers['content-encoding']).toBeUndefined()
      expect(answer.rawPayload).toEqual(asset.body)
    },
  )

  test('tells its size to HEAD, and sends nothing', async () => {
    const answer = await shell.app.inject({ method: 'HEAD', url: path })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-length']).toBe(String(asset.body.length))
    expect(answer.body).toBe('')
  })

  test('is found by its whole name only', async () => {
    for (const url of ['/assets/site.css', '/assets/', '/assets/../package.json', `${path}.map`]) {
      expect((await get(url)).statusCode).toBe(404)
    }
    expect(() => assets.pathOf('none.css')).toThrow('There is no asset named none.css')
  })

  test('is found with a query behind it', async () => {
    expect((await get(`${path}?v=2`)).statusCode).toBe(200)
  })
})

test('what browsers ask for by themselves is there, for a day', async () => {
  for (const url of ['/favicon.ico', '/favicon.svg']) {
    const answer = await get(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('image/svg+xml')
    expect(answer.headers['cache-control']).toBe('public, max-age=86400')
  }
})

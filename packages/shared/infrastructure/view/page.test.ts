import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { createTestShell, type TestShellOptions } from '../app/test-shell.ts'
import type { InternalClient } from '../internal-client.ts'
import { addNotice } from '../sessions/notices.ts'
import type { Page } from './page.ts'

const loaf: Page = {
  template: 'pages/error',
  title: 'Rye & <wheat>',
  description: 'Bread "for" all',
  canonicalPath: '/loaf/',
  data: { status: 200, title: 'Rye', message: 'Flour', requestId: '1', path: '/' },
}

async function createPages(options: TestShellOptions = {}) {
  return createTestShell({
    ...options,
    routes({ app, page }) {
      app.get('/loaf/', (request, reply) => page(request, reply, loaf))
      app.get('/picture/', (request, reply) =>
        page(request, reply, { ...loaf, image: '/content/loaf.png', language: 'fr' }),
      )
      app.get('/broken-picture/', (request, reply) =>
        page(request, reply, { ...loaf, image: 'https://[' }),
      )
      app.get('/notice', async (_request, reply) => {
        addNotice(reply, { tone: 'success', text: 'It is <in> the oven.' })
        return reply.redirect('/loaf/', 303)
      })
    },
  })
}

const shell = await createPages()
afterAll(() => shell.close())

function get(url: string, headers: Record<string, string> = {}) {
  return shell.app.inject({ url, headers: { accept: 'text/html', ...headers } })
}

describe('a page', () => {
  test('says what it is, to readers and to machines', async () => {
    const { body } = await get('/loaf/')
    expect(body).toMatch(/^\s*<!doctype html>\s*<html lang="en-GB">/)
    expect(body).toContain('<title>Rye &amp; &lt;wheat&gt; · Rose Ash</title>')
    expect(body).toContain('<meta name="description" content="Bread &quot;for&quot; all">')
    expect(body).toContain('<link rel="canonical" href="http://market.localhost/loaf/">')
    expect(body).not.toContain('name="robots"')
  })

  test('may have a picture and a language of its own', async () => {
    const { body } = await get('/picture/')
    expect(body).toContain('<html lang="fr">')
    expect(body).toContain('content="http://market.localhost/content/loaf.png"')
  })

  test('does not fail for a picture that has no address', async () => {
    const answer = await get('/broken-picture/')
    expect(answer.statusCode).toBe(200)
    expect(answer.body).not.toContain('og:image')
  })

  test('is never kept by a cache that others use', async () => {
    expect((await get('/loaf/')).headers['cache-control']).toBe('private, no-cache')
  })

  test.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ])('is compressed for a browser that says %s', async (accepted, encoding, decompress) => {
    const plain = await get('/loaf/')
    const answer = await get('/loaf/', { 'accept-encoding': accepted })
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(answer.headers['vary']).toContain('accept-encoding')
    expect(decompress(answer.rawPayload).toString()).toBe(plain.body)
  })

  test('has its addresses without double slashes', async () => {
    const { body } = await get('/loaf/')
    const links = [...body.matchAll(/(?:href|src|action)="([^"]+)"/g)].map(([, url]) => url!)
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter((url) => /^\/\/|[^:]\/\//.test(url))).toEqual([])
  })

  test('loads nothing from anybody else and holds no script or style of its own', async () => {
    const { body } = await get('/loaf/')
    expect(body).not.toMatch(/<script(?! [^>]*src=)|<style|\sstyle=|\son\w+=/)
    const loaded = [...body.matchAll(/<(?:script|link rel="(?:stylesheet|icon)"|img)[^>]*/g)]
    expect(loaded.length).toBeGreaterThan(2)
    for (const [tag] of loaded) expect(tag).toMatch(/(?:src|href)="\/assets\//)
  })
})

describe('a notice', () => {
  test('is shown on the next page, as text, and once', async () => {
    const sent = await get('/notice')
    const [cookie] = sent.cookies as { name: string; value: string }[]
    const cookies = { [cookie!.name]: cookie!.value }
    const next = await shell.app.inject({
      url: '/loaf/',
      headers: { accept: 'text/html' },
      cookies,
    })
    expect(next.body).toContain('It is &lt;in&gt; the oven.')
    expect(next.cookies).toMatchObject([{ name: cookie!.name, value: '' }])
    expect((await get('/loaf/')).body).not.toContain('oven')
  })

  test.each(['not base64!', 'e30', Buffer.from('[{"tone":"loud"}]').toString('base64url')])(
    'that nobody wrote is not shown: %s',
    async (value) => {
      const answer = await shell.app.inject({
        url: '/loaf/',
        headers: { accept: 'text/html' },
        cookies: { notices: value },
      })
      expect(answer.statusCode).toBe(200)
      expect(answer.body).not.toContain('class="shell notices"')
    },
  )

  test('cannot be set by a sibling site on https', async () => {
    const publicUrls = {
      blog: 'https://blog.example.org',
      market: 'https://market.example.org',
      events: 'https://events.example.org',
      cart: 'https://cart.example.org',
      account: 'https://account.example.org',
      federation: 'https://federation.example.org',
    }
    await using secure = await createPages({ config: { publicUrls } })
    const { headers } = await secure.app.inject('/notice')
    expect(headers['set-cookie']).toMatch(
      /^__Host-notices=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })
})

describe('the frame of a page', () => {
  function createPeers(answer: InternalClient['post']): InternalClient {
    return { isAvailable: () => true, post: answer }
  }

  test('has the menus, the cart and the name that other services give', async () => {
    const internal = createPeers(async (app, _path, { body }) =>
      (body as { type: string }[]).map(({ type }) => `<i data-from="${app}">${type}</i>`),
    )
    await using composed = await createPages({ internal })
    const { body } = await composed.app.inject({ url: '/loaf/', headers: { accept: 'text/html' } })
    for (const app of ['blog', 'market', 'events', 'cart', 'account', 'federation']) {
      expect(body).toContain(`<i data-from="${app}">nav-item</i>`)
    }
    expect(body.match(/>nav-tree</g)).toHaveLength(1)
    expect(body.match(/>auth-menu</g)).toHaveLength(1)
    expect(body.match(/>cart-mini</g)).toHaveLength(1)
  })

  test('leads everywhere even when nobody answers', async () => {
    const { body } = await get('/loaf/')
    for (const app of ['blog', 'market', 'events', 'cart', 'account', 'federation']) {
      expect(body).toContain(`href="http://${app}.localhost/"`)
    }
    expect(body).toContain('href="/auth/login"')
  })

  test('lacks only the part of the one that fails', async () => {
    const internal = createPeers(async (app, _path, { body }) => {
      if (app === 'events') throw new Error('down')
      return (body as { type: string }[]).map(({ type }) => `<i data-from="${app}">${type}</i>`)
    })
    await using composed = await createPages({ internal })
    const answer = await composed.app.inject({ url: '/loaf/', headers: { accept: 'text/html' } })
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('data-from="blog"')
    expect(answer.body).not.toContain('data-from="events"')
  })
})

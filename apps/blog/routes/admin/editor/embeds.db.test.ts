import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEditorApp } from './test-editor-app.ts'

const square = await sharp({
  create: { width: 64, height: 64, channels: 3, background: 'teal' },
})
  .png()
  .toBuffer()
const head = `<html><head><title>Plain &amp; simple</title>
  <meta property="og:title" content="Tides &amp; times">
  <meta name="description" content="When the
    water comes.">
  <meta property="og:site_name" content="Harbour news"><meta name="author" content="Maud">
  <meta property="og:image" content="/picture.png"><link rel="icon" href="picture.png"></head>`
const html = { 'content-type': 'text/html; charset=utf-8' }
const oembed = '<link rel="alternate" type="application/json+oembed" href="/oembed?url=x">'

const answers: Record<string, RequestListener> = {
  '/tides': (_, response) => response.writeHead(200, html).end(head),
  '/bare': (_, response) => response.writeHead(200, html).end('<title>Ferry &lt;1&gt;</title>'),
  '/latin': (_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' })
      .end(Buffer.from('<title>Caf\xe9</title>', 'latin1')),
  '/picture.png': (_, response) => response.writeHead(200).end(square),
  '/paper.pdf': (_, response) =>
    response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7'),
  '/gone': (_, response) => response.writeHead(404, html).end('gone'),
  '/endless': (_, response) => response.writeHead(200, html).end('x'.repeat(600_000)),
  '/inside': (_, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(),
  '/film': (_, response) => response.writeHead(200, html).end(`<title>Film</title>${oembed}`),
  '/oembed': (_, response) =>
    response.end(
      JSON.stringify({
        type: 'video',
        version: '1.0',
        title: 'A film',
        html: '<iframe src="https://films.example/1"></iframe>',
        thumbnail_url: `${site}/picture.png`,
      }),
    ),
}
const server = createServer((request, response) => {
  const answer = answers[(request.url ?? '').replace(/\?.*/, '')]
  if (answer) answer(request, response)
  else response.writeHead(404).end()
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const host = `127.0.0.1:${port}`
const site = `http://${host}`

const connection = await createTestDatabase()
const blog = await createTestApp({
  app: 'blog',
  create: (dependencies) =>
    createEditorApp(dependencies, undefined, [{ name: 'Films', hosts: [host] }]),
  connection,
  config: { privateHosts: [host] },
})
const editor = await blog.signInAs('editor')
beforeAll(() => blog.dependencies.jobs.start())
afterAll(async () => {
  await blog.dependencies.jobs.stop()
  await blog.close()
  await connection.close()
  server.closeAllConnections()
  server.close()
})

async function ask(url: string, type = 'bookmark', cookies = editor) {
  const query = new URLSearchParams({ url, type }).toString()
  const answer = await blog.app.inject({ url: `/admin/embeds/?${query}`, cookies })
  return { status: answer.statusCode, body: answer.json() }
}

describe('a bookmark', () => {
  test('tells what the page says of itself, with pictures that are kept here', async () => {
    const { status, body } = await ask(`${site}/tides`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      url: `${site}/tides`,
      metadata: {
        title: 'Tides & times',
        description: 'When the water comes.',
        author: 'Maud',
        publisher: 'Harbour news',
      },
    })
    const { thumbnail, icon } = body.metadata
    expect(thumbnail).toMatch(/^\/content\/images\/.+\.png$/)
    expect(icon).toBe(thumbnail)
    expect((await blog.app.inject({ url: thumbnail })).statusCode).toBe(200)
  })

  test('of a page that says little has its title and its host', async () => {
    const { body } = await ask(`${site}/bare`)
    expect(body.metadata).toMatchObject({
      title: 'Ferry <1>',
      publisher: '127.0.0.1',
      thumbnail: '',
      icon: '',
    })
  })

  test('is read in the letters of the page', async () => {
    expect((await ask(`${site}/latin`)).body.metadata.title).toBe('Café')
  })

  test('of a page of this site asks nobody', async () => {
    const post = await createPost(connection.database, { title: 'Bread', featureImage: null })
    const { body } = await ask(`/${post.slug}/`)
    expect(body).toMatchObject({ url: `/${post.slug}/`, metadata: { title: 'Bread' } })
    const whole = await ask(`http://blog.localhost/${post.slug}/`)
    expect(whole.body.metadata.title).toBe('Bread')
  })
})

describe('an embed', () => {
  test('is what a known site answers, with its picture kept here', async () => {
    const { body } = await ask(`${site}/film`, 'embed')
    expect(body).toMatchObject({ type: 'video', title: 'A film' })
    expect(body.html).toContain('films.example')
    expect(body.thumbnail_url).toMatch(/^\/content\/images\//)
  })

  test('of a known site without one is a bookmark', async () => {
    const { body } = await ask(`${site}/tides`, 'embed')
    expect(body).toMatchObject({ type: 'bookmark', metadata: { title: 'Tides & times' } })
  })
})

describe('what is refused, in words', () => {
  test.each([
    ['http://10.0.0.1/', 'not on the public internet'],
    ['http://localhost:22/', 'not on the public internet'],
    ['http://[::1]/', 'not on the public internet'],
    [`${site}/inside`, 'not on the public internet'],
    [`${site}/endless`, 'too large'],
    [`${site}/gone`, 'answered with an error (404)'],
    [`${site}/paper.pdf`, 'a file at this address'],
  ])('%s', async (url, sentence) => {
    for (const type of ['bookmark', 'embed']) {
      const { status, body } = await ask(url, type)
      expect([status, body.detail]).toEqual([422, expect.stringContaining(sentence)])
    }
  })

  test.each(['', 'file:///etc/passwd', 'javascript:alert(1)', 'words', '//example.org/'])(
    'no web address: %s',
    async (url) => {
      const { status, body } = await ask(url)
      expect([status, body.detail]).toEqual([400, 'That is no web address (https://…).'])
    },
  )

  test('people who may not write', async () => {
    const { status } = await ask(`${site}/tides`, 'bookmark', await blog.signInAs('market'))
    expect(status).toBe(403)
    expect((await blog.app.inject({ url: '/admin/embeds/?url=x' })).statusCode).toBe(401)
  })
})

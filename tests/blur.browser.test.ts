/// <reference lib="dom" />
import { createPost } from '@rose-ash/testing/factories/post'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { startEditorInBrowser } from './support/editor-in-browser.ts'

test('a picture that takes long is seen as it is from afar, until it is there', async () => {
  await using editor = await startEditorInBrowser()
  const create = { width: 600, height: 400, channels: 3, background: 'teal' } as const
  const bytes = await sharp({ create }).png().toBuffer()
  const small = await sharp(bytes).resize({ width: 16 }).webp().toBuffer()
  const path = '/content/images/sea.png'
  await editor.connection.pool.query(
    `insert into media (path, content_hash, content_type, size_bytes, placeholder)
     values ($1, '', 'image/png', 1, $2)`,
    [path, `data:image/webp;base64,${small.toString('base64')}`],
  )
  const html = `<p>Before.</p><img src="${path}" width="600" height="400" alt="The sea">`
  await createPost(editor.connection.database, { slug: 'sea', html })
  await using opened = await editor.open('/tags/')
  const { page, faults } = opened
  const arrival = Promise.withResolvers<void>()
  await page.route(`**${path}`, async (route) => {
    await arrival.promise
    await route.fulfill({ body: bytes, contentType: 'image/png' })
  })
  await page.goto(`${editor.origin}/sea/`, { waitUntil: 'domcontentloaded' })
  const background = () =>
    page.getByAltText('The sea').evaluate((image) => getComputedStyle(image).backgroundImage)
  await expect.poll(background).toMatch(/^url\("data:image\/webp;base64,/)
  arrival.resolve()
  await expect.poll(background).toBe('none')
  expect(faults).toEqual([])
}, 60_000)

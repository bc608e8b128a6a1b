import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadAssets } from './assets.ts'
import { createRender } from './templates.ts'

const folder = mkdtempSync(join(tmpdir(), 'rose-ash-templates-'))
afterAll(() => rmSync(folder, { recursive: true }))

mkdirSync(join(folder, 'pages'))
writeFileSync(
  join(folder, 'pages/links.hbs'),
  '{{#each links}}<a href="{{url}}">{{url "cart" "/"}}</a>{{/each}}',
)

const render = createRender({
  config: {
    platform: {
      name: 'Rose Ash',
      tagline: '',
      language: 'en-GB',
      timeZone: 'Europe/London',
      currency: 'GBP',
    },
    publicUrls: {
      blog: 'http://blog.example',
      market: 'http://market.example',
      events: 'http://events.example',
      cart: 'http://cart.example',
      account: 'http://account.example',
      federation: 'http://federation.example',
    },
  },
  assets: loadAssets(),
  folder,
})

it('a bare {{url}} is the thing’s own address, and with words it is an app’s', () => {
  expect(render('pages/links', { links: [{ url: '/bread/?a&b' }] })).toBe(
    '<a href="/bread/?a&amp;b">http://cart.example/</a>',
  )
})

it('a thing without an address is an error and not an empty link', () => {
  expect(() => render('pages/links', { links: [{}] })).toThrow('has no url')
})

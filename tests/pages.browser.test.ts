/// <reference lib="dom" />
import type { Platform } from '@rose-ash/local/platform'
import { launchBrowser } from '@rose-ash/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findExcess } from './support/budget.ts'
import { createTestContent, type TestContent } from './support/content.ts'
import { firstLook, lookOver } from './support/look-over.ts'
import { startOneProcess } from './support/one-process.ts'
import { passOnSlowly } from './support/slowly.ts'

let content: TestContent
let platform: Platform
let browser: Browser

beforeAll(async () => {
  content = await createTestContent()
  platform = await startOneProcess(content)
  browser = await launchBrowser()
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await platform?.[Symbol.asyncDispose]()
  await content?.[Symbol.asyncDispose]()
})

/** Everything that a page did and should not have done. */
function watch(page: Page): readonly string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol !== 'data:' && !hostname.endsWith('.localhost')) faults.push(`asked ${hostname}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`)
  })
  return faults
}

/** One page of each kind, found by following links as a visitor would. */
async function findKinds(page: Page): Promise<readonly string[]> {
  const { blog, market, events, cart, federation } = platform.urls
  const starts = [blog, market, events, cart, federation].map((url) => `${url}/`)
  const kinds = new Map(starts.map((url) => [kindOf(url), url]))
  for (const start of starts) {
    await page.goto(start)
    const links = await page.$$eval('main a[href]', (list) =>
      list.map((link) => (link as HTMLAnchorElement).href),
    )
    for (const link of links) {
      const kind = kindOf(link)
      if (kind && !kinds.has(kind)) kinds.set(kind, link)
    }
  }
  return [...kinds.values()]
}

/** Addresses that differ in names and numbers only are of one kind. */
function kindOf(link: string): string | undefined {
  const { hostname, pathname } = new URL(link)
  if (!hostname.endsWith('.localhost') || pathname.startsWith('/auth/')) return undefined
  const fixed = new Set('page tag author tags calendars entries archive search comments'.split(' '))
  const shape = pathname
    .split('/')
    .map((part) => (part === '' || fixed.has(part) ? part : '*'))
    .join('/')
  return hostname + shape
}

describe('every kind of page', { timeout: 120_000 }, () => {
  test('is accessible, light and still, keeps its width and asks nobody else', async () => {
    const context = await browser.newContext(firstLook)
    const page = await context.newPage()
    const faults = watch(page)
    const kinds = await findKinds(page)
    expect(kinds.length).toBeGreaterThan(10)
    const found: string[] = []
    for (const url of kinds) {
      await page.goto(url)
      found.push(...(await findExcess(page)), ...(await lookOver(page)))
      if ((await page.locator('h1').count()) !== 1) found.push(`${url}: not one h1`)
    }
    expect([...found, ...faults]).toEqual([])
    await context.close()
  })

  test('stays where it is while more of it comes', async () => {
    const port = Number(new URL(platform.urls.blog).port)
    await using slow = await passOnSlowly({ port, pieces: 20, pauseMilliseconds: 20 })
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    const found: string[] = []
    for (const path of ['/', '/archive/', '/tags/']) {
      await page.goto(`${platform.urls.blog.replace(`:${port}`, `:${slow.port}`)}${path}`)
      found.push(...(await findExcess(page)))
    }
    expect(found).toEqual([])
    await context.close()
  })

  test('can be read without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    for (const url of Object.values(platform.urls)) {
      await page.goto(`${url}/`)
      expect(await page.locator('h1').first().innerText()).not.toBe('')
    }
    await context.close()
  })

  test('the keyboard reaches the content past the menus first', async () => {
    const context = await browser.newContext({})
    const page = await context.newPage()
    await page.goto(`${platform.urls.blog}/`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await context.close()
  })
})

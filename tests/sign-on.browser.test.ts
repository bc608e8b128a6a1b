import type { AppName } from '@rose-ash/shared/contracts/apps'
import { launchBrowser } from '@rose-ash/testing/browser'
import { findRedisServer, startRedis } from '@rose-ash/testing/redis'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestContent, type TestContent } from './support/content.ts'
import { startOneProcess } from './support/one-process.ts'
import { startApps } from './support/processes.ts'
import { signInByMail } from './support/sign-in.ts'
import { startTerminal } from './support/terminal.ts'

interface Shape extends AsyncDisposable {
  readonly urls: Readonly<Record<AppName, string>>
}

/** Both ways to run Rose Ash; the second with Redis where there is one. */
const shapes: Readonly<Record<string, (content: TestContent) => Promise<Shape>>> = {
  'in one process': startOneProcess,
  'in a process each': async (content) => {
    await using parts = new AsyncDisposableStack()
    const redis = findRedisServer() ? parts.use(await startRedis()) : undefined
    const apps = parts.use(await startApps(content, redis ? { redisUrl: redis.url } : {}))
    const started = parts.move()
    return { ...apps, [Symbol.asyncDispose]: () => started.disposeAsync() }
  },
}

/** Public pages of all six: a member is known by their name in the header. */
const publicPaths: Readonly<Record<AppName, string>> = {
  blog: '/',
  market: '/',
  events: '/',
  cart: '/',
  account: '/details/',
  federation: '/',
}

const email = 'somebody.new@example.org'

describe.each(Object.entries(shapes))('signing on %s', { timeout: 60_000 }, (name, start) => {
  // What goes on between the browser and the apps is the same in both; what goes on between apps is not.
  const isWhole = name === 'in one process'
  let content: TestContent
  let shape: Shape
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    content = await createTestContent()
    shape = await start(content)
    browser = await launchBrowser()
    page = await browser.newPage()
  }, 150_000)

  afterAll(async () => {
    await browser?.close()
    await shape?.[Symbol.asyncDispose]()
    await content?.[Symbol.asyncDispose]()
  })

  async function isKnown(app: AppName): Promise<boolean> {
    await page.goto(shape.urls[app] + publicPaths[app])
    return (await page.getByText(email).count()) > 0
  }

  async function signInTerminal() {
    await page.goto(`${shape.urls.account}/apps/new`)
    await page.getByLabel('Name').fill('The terminal')
    await page.getByLabel('A device').check()
    await page.getByRole('button', { name: 'Register' }).click()
    const clientId = await page.locator('dd code').nth(1).textContent()
    const terminal = startTerminal(clientId ?? '', shape.urls.federation)
    const [, address = '', code = ''] = await terminal.says(/Open (\S+) and type (\S+)/)
    await page.goto(address)
    await page.getByLabel('Code').fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText(code).waitFor()
    await page.getByRole('button', { name: 'It is mine, go on' }).click()
    await page.getByRole('button', { name: 'Let it in' }).click()
    await page.getByRole('heading', { name: 'Your device is connected' }).waitFor()
    await terminal.says(new RegExp(`Signed in as ${email}`))
    await page.goto(`${shape.urls.account}/apps/`)
    await page.getByRole('button', { name: 'Take back from The terminal' }).click()
    await page.getByText('The terminal is signed out of your account.').waitFor()
  }

  if (isWhole) {
    test('a stranger is a stranger everywhere', async () => {
      for (const app of ['blog', 'market', 'events', 'cart', 'federation'] as const) {
        expect(await isKnown(app), app).toBe(false)
        expect(page.url()).toBe(`${shape.urls[app]}/`)
      }
    })

    test('what a stranger puts into the cart is theirs after signing in, on every subdomain', async () => {
      await page.goto(`${shape.urls.market}/`)
      await page.locator('.product-card a').first().click()
      await page.getByRole('button', { name: 'Add to cart' }).click()
      for (const app of ['market', 'blog', 'cart'] as const) {
        await page.goto(`${shape.urls[app]}/`)
        await page.getByRole('link', { name: 'Cart, 1 item' }).first().waitFor()
      }
    })
  }

  test('one magic link, and a member is known on all six', async () => {
    const { mailFolder } = content
    await signInByMail(page, { email, startUrl: `${shape.urls.market}/`, mailFolder })
    expect(page.url()).toBe(`${shape.urls.market}/`)
    for (const app of Object.keys(publicPaths) as AppName[]) {
      expect(await isKnown(app), app).toBe(true)
    }
  })

  if (isWhole) {
    test('the cart came along', async () => {
      await page.goto(`${shape.urls.cart}/`)
      await page.getByRole('link', { name: 'Cart, 1 item' }).first().waitFor({ timeout: 20_000 })
    })

    test('cookies deleted on one, known there again without a click', async () => {
      const { hostname } = new URL(shape.urls.events)
      await page.context().clearCookies({ domain: hostname })
      expect(await isKnown('events')).toBe(true)
      expect(page.url()).toBe(`${shape.urls.events}/`)
    })

    test('a program in a terminal is signed in by typing its code into a page', signInTerminal)
  }

  test('signed out on one, unknown on all, and not signed in again behind their back', async () => {
    await page.goto(`${shape.urls.events}/`)
    await page.locator('.auth-menu summary').first().click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${shape.urls.blog}/`)
    for (const app of ['blog', 'market', 'events', 'cart', 'federation'] as const) {
      expect(await isKnown(app), app).toBe(false)
    }
    await page.goto(`${shape.urls.account}/`)
    await page.getByLabel('Email').waitFor()
  })
})

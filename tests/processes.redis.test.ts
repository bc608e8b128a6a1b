import type { AppName } from '@rose-ash/shared/contracts/apps'
import { startRedis, type TestRedis } from '@rose-ash/testing/redis'
import { createVisitor } from '@rose-ash/testing/visitor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestContent, type TestContent } from './support/content.ts'
import { type RunningApps, startApps } from './support/processes.ts'
import { findSignInLink } from './support/sign-in.ts'

/** 2 s for a provider that hangs, and what a page costs while all the other tests run beside this one. */
const ceilingMilliseconds = 4000
const testMilliseconds = 60_000

/** A part of the home page that each app gives, and how it shows. */
const parts: Readonly<Record<Exclude<AppName, 'blog'>, RegExp>> = {
  market: /data-app="market"/,
  events: /class="container-cards"/,
  cart: /Cart, empty/,
  account: /href="\/auth\/login"/,
  federation: /data-app="federation"/,
}

let content: TestContent
let redis: TestRedis
let apps: RunningApps

beforeAll(async () => {
  content = await createTestContent()
  redis = await startRedis()
  apps = await startApps(content, { redisUrl: redis.url })
}, 150_000)

afterAll(async () => {
  await apps?.[Symbol.asyncDispose]()
  await redis?.stop()
  await content?.[Symbol.asyncDispose]()
})

/** An app that has just failed is given a rest; what is tested next begins with all of them. */
async function waitUntilWhole() {
  await expect
    .poll(
      async () => {
        const { html } = await openHome()
        return Object.values(parts).every((part) => part.test(html))
      },
      { timeout: 10_000, interval: 200 },
    )
    .toBe(true)
}

async function expectHomeAfter(fault: 'pause' | 'kill', app: AppName) {
  // Nothing may come from the cache: what is tested is the way without.
  await redis.kill()
  await redis.restart()
  await apps[fault](app)
  const { status, html, milliseconds } = await openHome()
  expect(status).toBe(200)
  expect(milliseconds).toBeLessThan(ceilingMilliseconds)
  // The others are all there, but for those that are still given a rest after the last fault.
  expect(html).toContain('data-app="blog"')
}

async function openHome() {
  const start = Date.now()
  const response = await fetch(apps.loopbackUrls.blog, { headers: { accept: 'text/html' } })
  return { status: response.status, html: await response.text(), milliseconds: Date.now() - start }
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

/** What goes on in the browser is shown by `sign-on.browser.test.ts`; here it is between processes. */
describe('one sign-in for six processes', { timeout: testMilliseconds }, () => {
  const email = 'somebody.new@example.org'
  const visitor = createVisitor()
  const isKnown = async (app: AppName) => {
    const { status, body } = await visitor.open(apps.urls[app] + publicPaths[app])
    expect(status, app).toBe(200)
    return body.includes(email)
  }

  test('is known on all six', async () => {
    const asked = await visitor.open(`${apps.urls.market}/auth/login?next=/`)
    await visitor.submit(asked.url.href, { email })
    const link = new URL(await findSignInLink(content.mailFolder, 0))
    const token = link.searchParams.get('token') ?? ''
    const arrived = await visitor.submit(link.origin + link.pathname, { token })
    expect(arrived.url.href).toBe(`${apps.urls.market}/`)
    for (const app of Object.keys(publicPaths) as AppName[]) {
      expect(await isKnown(app), app).toBe(true)
    }
  })

  test('ends on all six at once, and nobody is signed in again behind their back', async () => {
    const left = await visitor.submit(`${apps.urls.events}/auth/logout`, {})
    expect(left.url.href).toBe(`${apps.urls.blog}/`)
    for (const app of ['blog', 'market', 'events', 'cart', 'federation'] as const) {
      expect(await isKnown(app), app).toBe(false)
    }
    const account = await visitor.open(`${apps.urls.account}/`)
    expect(account.url.pathname).toMatch(/^\/sign-in\//)
  })
})

describe('the home page, composed of six processes', { timeout: testMilliseconds }, () => {
  test('shows a part of each app while all are up', async () => {
    const { status, html } = await openHome()
    expect(status).toBe(200)
    for (const part of Object.values(parts)) expect(html).toMatch(part)
  })

  for (const fault of ['kill', 'pause'] as const) {
    test(`answers in time without Redis (${fault})`, async () => {
      await waitUntilWhole()
      await redis[fault]()
      try {
        const { status, html, milliseconds } = await openHome()
        expect(status).toBe(200)
        expect(milliseconds).toBeLessThan(ceilingMilliseconds)
        for (const part of Object.values(parts)) expect(html).toMatch(part)
      } finally {
        if (fault === 'pause') redis.resume()
        else await redis.restart()
      }
    })
  }

  for (const app of Object.keys(parts) as (keyof typeof parts)[]) {
    test(`answers in time while ${app} hangs`, async () => {
      try {
        await expectHomeAfter('pause', app)
      } finally {
        apps.resume(app)
      }
    })
  }

  test('is unready, and says so, without a database only', async () => {
    await redis.kill()
    const response = await fetch(`${apps.loopbackUrls.blog}/ready`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ database: 'up', cache: 'down' })
    await redis.restart()
  })

  // The last, since starting them again takes long; whoever dies second is missed beside the first.
  test('answers in time as one after the other dies', async () => {
    for (const app of Object.keys(parts) as (keyof typeof parts)[]) {
      await expectHomeAfter('kill', app)
    }
    const { html } = await openHome()
    for (const part of [parts.market, parts.events]) expect(html).not.toMatch(part)
  })
})

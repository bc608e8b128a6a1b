import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockThirdPartyCookies, launchBrowser } from './browser.ts'

let server: Server
let port: number
beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    response.setHeader('content-type', 'text/html')
    if (pathname === '/remember') {
      response.setHeader('set-cookie', 'known=yes; SameSite=None; Secure; Path=/')
    }
    const frame = searchParams.get('frame')
    response.end(
      `<title>${request.headers.host}</title>
       <p>${request.headers.cookie ?? 'no cookie'}</p>
       ${frame ? `<iframe src="${frame}"></iframe>` : ''}`,
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('the browser reaches a server on this machine by any name below localhost', async () => {
  const page = await browser.newPage()
  await page.goto(`http://blog.localhost:${port}/`)
  expect(await page.title()).toBe(`blog.localhost:${port}`)
})

describe('a cookie of another site', () => {
  const around = ['localhost', 'market.localhost'] as const
  const framed = { localhost: '127.0.0.1', 'market.localhost': 'federation.localhost' }

  async function openTab(isBlocked: boolean): Promise<Page> {
    const page = await browser.newPage()
    if (isBlocked) await blockThirdPartyCookies(page)
    return page
  }

  /** What `host`, which has set a cookie, is sent: as a page of its own, and in a page of `outer`. */
  async function cookiesSent(page: Page, host: string, outer: string) {
    await page.goto(`http://${host}:${port}/remember`)
    await page.goto(`http://${host}:${port}/`)
    const onItsOwn = await page.locator('p').textContent()
    const frame = encodeURIComponent(`http://${host}:${port}/`)
    await page.goto(`http://${outer}:${port}/?frame=${frame}`)
    const inAnother = await page.frameLocator('iframe').locator('p').textContent()
    return { onItsOwn, inAnother }
  }

  it.each(around)('stays behind in a page of %s when the tab blocks it', async (outer) => {
    const page = await openTab(true)
    const host = framed[outer]
    expect(await cookiesSent(page, host, outer)).toEqual({
      onItsOwn: 'known=yes',
      inAnother: 'no cookie',
    })
    expect((await cookiesSent(page, host, host)).inAnother).toBe('known=yes')
  })

  it.each(around)('comes along in a page of %s otherwise', async (outer) => {
    const page = await openTab(false)
    expect((await cookiesSent(page, framed[outer], outer)).inAnother).toBe('known=yes')
  })
})

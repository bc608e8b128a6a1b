import { once } from 'node:events'
import { createServer } from 'node:http'
import { findFreePort } from '@rose-ash/local/postgres/port'
import { expect, it } from 'vitest'
import { launchBrowser } from './browser.ts'

it('the browser reaches a server on this machine by any name below localhost', async () => {
  const port = await findFreePort()
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<title>${request.headers.host}</title>`)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  try {
    await using browser = await launchBrowser()
    const page = await browser.newPage()
    await page.goto(`http://blog.localhost:${port}/`)
    expect(await page.title()).toBe(`blog.localhost:${port}`)
  } finally {
    server.close()
  }
})

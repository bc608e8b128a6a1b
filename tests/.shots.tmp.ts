import { launchBrowser } from '@rose-ash/testing/browser'
const port = 8471
const browser = await launchBrowser()
const out = '/tmp/shop/shots'
const problems: string[] = []
for (const [name, viewport, scheme] of [
  ['desk-light', { width: 1280, height: 900 }, 'light'],
  ['phone-dark', { width: 390, height: 844 }, 'dark'],
  ['phone-light', { width: 390, height: 844 }, 'light'],
  ['desk-dark', { width: 1280, height: 900 }, 'dark'],
] as const) {
  const context = await browser.newContext({ viewport, colorScheme: scheme })
  const page = await context.newPage()
  page.on('console', (m) => { if (m.type() === 'error') problems.push(`${name} ${page.url()} ${m.text()}`) })
  const shot = async (id: string) => {
    await page.waitForLoadState('networkidle').catch(() => {})
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > viewport.width) problems.push(`${name} ${id} overflows: ${width}`)
    await page.screenshot({ path: `${out}/${id}-${name}.png`, fullPage: true })
  }
  const market = `http://market.localhost:${port}`, cart = `http://cart.localhost:${port}`, events = `http://events.localhost:${port}`
  await page.goto(market + '/'); await shot('market')
  await page.goto(market + '/shop/bakery/'); await shot('place')
  await page.goto(market + '/shop/bakery/mill-loaf/'); await shot('product')
  await page.getByRole('button', { name: 'Add to cart' }).click(); await shot('added')
  await page.goto(market + '/?q=candle')
  await page.getByRole('button', { name: /^Add/ }).first().click().catch(() => problems.push('no candle'))
  await page.goto(cart + '/'); await shot('cart')
  await page.getByRole('button', { name: /^Remove/ }).first().click(); await shot('removed')
  await page.goto(events + '/'); await shot('whats-on')
  await page.goto(events + '/whats-on/calendars/cinema/'); await shot('month')
  await page.locator('.month-entry').nth(3).click(); await shot('entry')
  await context.close()
}
console.log(problems.join('\n') || 'no problems')
await browser.close()

/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { findViolations } from './axe.ts'

/** What a change of look can spoil: what is there stays there. */
const rulesOfLooks = [
  'color-contrast',
  'link-in-text-block',
  'scrollable-region-focusable',
  'target-size',
]

const looks = [
  { name: 'phone-light', size: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'desktop-dark', size: { width: 1280, height: 900 }, colorScheme: 'dark' },
] as const

/** For a new page: the look that is looked over first. */
export const firstLook = { viewport: looks[0].size, colorScheme: looks[0].colorScheme } as const

/**
 * What a program can see wrong with the page that is open, on a phone in the light and on a desktop in the dark:
 * one sentence each. `except` is a selector of what is somebody else's to mend. With SCREENSHOTS set to a folder,
 * both looks are kept there for somebody to look at.
 */
export async function lookOver(page: Page, except?: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const [index, { name, size, colorScheme }] of looks.entries()) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const rules = index === 0 ? undefined : rulesOfLooks
    const violations = await findViolations(page, { except, rules })
    const isTooWide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    if (isTooWide) violations.push('it is wider than the screen')
    found.push(...violations.map((each) => `${page.url()}, ${name}: ${each}`))
    await keepScreenshot(page, name)
  }
  return found
}

async function keepScreenshot(page: Page, look: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (!folder) return
  const { hostname, pathname, search } = new URL(page.url())
  const address = `${hostname.split('.')[0]}${pathname}${search}`.replaceAll(/[^\w.]+/g, '-')
  await page.screenshot({ path: `${folder}/${address.slice(0, 80)}-${look}.png`, fullPage: true })
}

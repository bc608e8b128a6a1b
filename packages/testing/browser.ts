import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { readTestEnvironment } from './config/env.ts'
import { findProgram, isProgram } from './programs.ts'

// The first is the same engine without the parts that make windows: a quarter less work.
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
]

const macApplications = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

// A browser that looks for updates or tries QUIC waits long where there is no network.
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Undefined where there is no Chromium or relative of it; `pnpm test` then leaves out
 * `*.browser.test.ts`. Throws when CHROMIUM_PATH names something that cannot be run.
 */
export function findBrowser(): string | undefined {
  const { chromiumPath } = readTestEnvironment()
  if (chromiumPath === undefined) return findProgram(names) ?? findMacApplication()
  if (isProgram(chromiumPath)) return chromiumPath
  throw new Error(`CHROMIUM_PATH is ${chromiumPath}, and there is no program there.`)
}

function findMacApplication(): string | undefined {
  const folders = ['/Applications', join(homedir(), 'Applications')]
  return folders
    .flatMap((folder) => macApplications.map((application) => join(folder, application)))
    .find(isProgram)
}

/**
 * Starts a browser without a window. It takes every `*.localhost` name to be this machine. Throws
 * where there is none. The caller closes it, which `await using` does.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === undefined) {
    throw new Error('This test needs Chromium: install it or set CHROMIUM_PATH to it.')
  }
  // Chromium's sandbox does not work as root; anybody else keeps it.
  const args = process.getuid?.() === 0 ? [...flags, '--no-sandbox'] : flags
  return chromium.launch({ executablePath, args })
}

/**
 * From the next page on, this tab keeps cookies of the page's own site only, as Safari and Firefox do.
 * The command line's switches for that do nothing in Chromium without a window.
 */
export async function blockThirdPartyCookies(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true })
}

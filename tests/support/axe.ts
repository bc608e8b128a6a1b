import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const require = createRequire(import.meta.url)
const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/**
 * WCAG 2.2 AA as far as a program can see it: one sentence for each violation. `except` is a selector of what is
 * somebody else's to mend.
 */
export async function findViolations(page: Page, except?: string): Promise<readonly string[]> {
  // Evaluated by the debugger and not by a script element, so the page's own policy stays as it is.
  await page.evaluate(source)
  const context = except ? `{ exclude: [[${JSON.stringify(except)}]] }` : 'document'
  const results = await page.evaluate<AxeResults>(
    `axe.run(${context}, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )
  return results.violations.map(
    ({ id, nodes }) => `${page.url()}: ${id} at ${nodes[0]?.target.join(' ')} (${nodes.length})`,
  )
}

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const require = createRequire(import.meta.url)
const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

const allRules =
  "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }"
/** What colours and widths can change; the rest is the same in every look of a page. */
const lookRules =
  "{ runOnly: { type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable'] } }"

/**
 * WCAG 2.2 AA as far as a program can see it: one sentence for each violation. `look` is for a page
 * whose every rule was checked in another look.
 */
export async function findViolations(
  page: Page,
  { rules = 'all' }: { readonly rules?: 'all' | 'look' } = {},
): Promise<readonly string[]> {
  // Evaluated by the debugger and not by a script element, so the page's own policy stays as it is.
  await page.evaluate(source)
  const options = rules === 'all' ? allRules : lookRules
  const results = await page.evaluate<AxeResults>(`axe.run(${options})`)
  return results.violations.map(
    ({ id, nodes }) => `${page.url()}: ${id} at ${nodes[0]?.target.join(' ')} (${nodes.length})`,
  )
}

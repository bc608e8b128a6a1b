import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const require = createRequire(import.meta.url)
const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * WCAG 2.2 AA as far as a program can see it, or `rules` of it: one sentence for each violation. `except` is a
 * selector of what is left out.
 */
export async function findViolations(
  page: Page,
  {
    except,
    rules = tags,
  }: { readonly except?: string | undefined; readonly rules?: readonly string[] | undefined } = {},
): Promise<string[]> {
  // Evaluated by the debugger and not by a script element, so the page's own policy stays as it is.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(source)
  const context = except ? { exclude: [[except]] } : {}
  // What passes is not described: that takes much of the time.
  const options = { runOnly: rules, resultTypes: ['violations'] }
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify({ include: [['html']], ...context })}, ${JSON.stringify(options)})`,
  )
  return violations.map(
    ({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')} (${nodes.length})`,
  )
}

/// <reference lib="dom" />
import type { Page } from 'playwright-core'

/** Kilobytes as they come over the wire. */
const most = { html: 30, css: 20, js: 20 } as const
/** Of the window, as Lighthouse counts and rounds: a line that has come in part may settle by some pixels. */
const mostShift = 0.002

/** What a page weighs and how much of it moves: one sentence for each thing that is over its budget. */
export async function findExcess(page: Page): Promise<readonly string[]> {
  const { bytes, shift } = await page.evaluate(async () => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const sum = (ending: RegExp) =>
      entries
        .filter(({ name }) => ending.test(new URL(name).pathname))
        .reduce((total, { encodedBodySize }) => total + encodedBodySize, 0)
    const [document] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const moved = await new Promise<number>((resolve) => {
      let total = 0
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) total += (entry as { value?: number }).value ?? 0
      }).observe({ type: 'layout-shift', buffered: true })
      // What is buffered is given in a task of its own.
      setTimeout(() => resolve(total), 50)
    })
    return {
      bytes: { html: document?.encodedBodySize ?? 0, css: sum(/\.css$/), js: sum(/\.js$/) },
      shift: moved,
    }
  })
  const heavy = (Object.keys(most) as (keyof typeof most)[]).filter(
    (kind) => bytes[kind] > most[kind] * 1024,
  )
  return [
    ...heavy.map((kind) => `${page.url()}: ${(bytes[kind] / 1024).toFixed(1)} KB of ${kind}`),
    ...(shift > mostShift ? [`${page.url()}: its layout shifts by ${shift.toFixed(4)}`] : []),
  ]
}

import type { Reporter } from 'vitest/node'
import { parseCLI, startVitest } from 'vitest/node'
import { countResults } from './results.ts'

// Vitest itself, started by `main.ts`, which is told how it went.

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const counter: Reporter = {
  onTestRunEnd: (files, errors) => void process.send?.(countResults(files, errors)),
}
const reporters = [options.reporters ?? 'default', counter].flat()
const vitest = await startVitest(filter, { ...options, reporters })
process.disconnect?.()
// Ends the process also when a test has left something open, and says so.
await vitest.exit()

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { findLeftOut } from './left-out.ts'
import { judgeResults, type Results } from './results.ts'

// `pnpm test`: everything that can run here, then one line that says how it went. Arguments go to
// vitest as they are, for example part of a path.

const workspace = join(import.meta.dirname, '../..')
const passedOn = process.argv.slice(2).filter((argument) => argument !== '--')
const leftOut = findLeftOut(workspace, passedOn)
const child = fork(
  join(import.meta.dirname, 'run.ts'),
  [...leftOut.map(({ pattern }) => `--exclude=${pattern}`), ...passedOn],
  { cwd: workspace },
)
// Ctrl-C reaches vitest too; this process waits for it, to have the last word.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))

const ended = once(child, 'exit')
const results = await Promise.race([
  once(child, 'message').then(([message]: Results[]) => message),
  ended.then(() => undefined),
])
const [exitCode = null]: (number | null)[] = await ended
for (const { sentence } of leftOut) if (sentence !== undefined) console.log(sentence)
const { passed, failed } = judgeResults(results, exitCode)
process.exitCode = failed === 0 ? 0 : exitCode || 1
console.log(`${passed} passed, ${failed} failed`)

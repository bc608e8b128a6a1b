import type { TestModule } from 'vitest/node'

export interface Results {
  readonly passed: number
  readonly failed: number
}

/**
 * Counts tests. A file that failed without any of its tests failing (it did not load, or a hook
 * failed) counts as one failure, and so does every error that no test has caught.
 */
export function countResults(files: readonly TestModule[], errors: readonly unknown[]): Results {
  const passed = files.map((file) => count(file.children.allTests('passed')))
  const failed = files.map(
    (file) => count(file.children.allTests('failed')) || (file.state() === 'failed' ? 1 : 0),
  )
  return { passed: sum(passed), failed: sum(failed) + errors.length }
}

/**
 * A run that failed for whatever else, or ended before it could count, is a failure too: never
 * "0 failed" when vitest has failed.
 */
export function judgeResults(results: Results | undefined, exitCode: number | null): Results {
  const { passed, failed } = results ?? { passed: 0, failed: 0 }
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) }
}

function count(tests: Iterable<unknown>): number {
  return [...tests].length
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

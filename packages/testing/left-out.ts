import { globSync } from 'node:fs'
import { findBrowser } from './browser.ts'
import { findClingo } from './clingo.ts'
import { findRedisServer } from './redis.ts'

/** Test files that cannot run on this machine. */
export interface LeftOut {
  /** Of their paths. */
  readonly pattern: string
  /** Says how many and why, and what to do about it; undefined when none were asked for. */
  readonly sentence: string | undefined
}

const tools = [
  {
    kind: 'Redis',
    find: findRedisServer,
    reason: 'no redis-server was found on the PATH; install Redis 7 or Valkey',
  },
  {
    kind: 'browser',
    find: findBrowser,
    reason: 'no Chromium was found; set CHROMIUM_PATH',
  },
  {
    kind: 'clingo',
    find: findClingo,
    reason: 'no clingo was found on the PATH; install gringo',
  },
]

/** Looks for Redis, a browser and clingo. `filters` are vitest's arguments, of which parts of paths count. */
export function findLeftOut(workspace: string, filters: readonly string[]): readonly LeftOut[] {
  return tools.flatMap(({ kind, find, reason }) => {
    if (find() !== undefined) return []
    const pattern = `**/*.${kind.toLowerCase()}.test.ts`
    const count = countFiles(workspace, pattern, filters)
    const files = `${count} ${kind} test ${count === 1 ? 'file' : 'files'}`
    const sentence = count === 0 ? undefined : `Left out: ${files}, because ${reason}.`
    return [{ pattern, sentence }]
  })
}

function countFiles(workspace: string, pattern: string, filters: readonly string[]): number {
  const paths = filters.filter((filter) => !filter.startsWith('-'))
  const files = globSync([`{apps,packages,tests}/${pattern}`], {
    cwd: workspace,
    exclude: ['**/node_modules/**', '**/fixtures/**'],
  })
  return files.filter((file) => paths.length === 0 || paths.some((path) => file.includes(path)))
    .length
}

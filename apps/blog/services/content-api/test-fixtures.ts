import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** For tests: what a real Ghost answers and delivers, in a folder beside the project. */
export interface GhostFixtures {
  /** `content-api/tags.json`. */
  read<Content = Record<string, unknown>>(name: string): Content
}

const usualFolder = fileURLToPath(new URL('../../../../../shared/fixtures', import.meta.url))

/**
 * `folder` is what ROSE_ASH_FIXTURES says. Undefined when there is none, with a sentence about it, so
 * that a test can say what it leaves out.
 */
export function findFixtures(folder: string | undefined): GhostFixtures | undefined {
  const ghost = join(folder || usualFolder, 'ghost')
  if (!existsSync(ghost)) {
    process.stderr.write(
      `Not compared with a real Ghost: there are no fixtures in ${ghost}; set ROSE_ASH_FIXTURES.\n`,
    )
    return undefined
  }
  return { read: (name) => JSON.parse(readFileSync(join(ghost, name), 'utf8')) }
}

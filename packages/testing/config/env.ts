import { delimiter } from 'node:path'

/** What the surroundings say about how to test. */
export interface TestEnvironment {
  /** A server to test on instead of the embedded one; its user must be allowed to make databases. */
  readonly databaseUrl: string | undefined
  readonly chromiumPath: string | undefined
  /** Where to look for programs, in order. */
  readonly programFolders: readonly string[]
}

export function readTestEnvironment(): TestEnvironment {
  const { ROSE_ASH_TEST_DATABASE_URL, CHROMIUM_PATH, PATH } = process.env
  return {
    databaseUrl: ROSE_ASH_TEST_DATABASE_URL || undefined,
    chromiumPath: CHROMIUM_PATH || undefined,
    programFolders: (PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  }
}

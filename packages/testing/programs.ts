import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import { readTestEnvironment } from './config/env.ts'

/** The first of these programs that is on the PATH; the names are tried in order. */
export function findProgram(
  names: readonly string[],
  folders: readonly string[] = readTestEnvironment().programFolders,
): string | undefined {
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find(isProgram)
}

/** Whether there is a file at this path that may be executed. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

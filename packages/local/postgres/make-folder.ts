import { randomBytes } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Makes the folder `target` by filling a folder beside it that then takes its name, so that it is
 * complete or not there, also when several processes make it at once or one is killed half way.
 * Returns false when somebody else was quicker; theirs is kept.
 */
export async function makeFolder(
  target: string,
  fill: (folder: string) => Promise<void>,
): Promise<boolean> {
  await removeLeftovers(target)
  const unfinished = `${target}.unfinished-${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    await fill(unfinished)
    await rename(unfinished, target)
    return true
  } catch (error) {
    if (isErrorCode(error, 'ENOTEMPTY', 'EEXIST')) return false
    throw error
  } finally {
    await rm(unfinished, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function removeLeftovers(target: string): Promise<void> {
  const prefix = `${basename(target)}.unfinished-`
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10)))
      continue
    await rm(join(dirname(target), name), { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Whether a process with this id exists, whoever it belongs to. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return isErrorCode(error, 'EPERM')
  }
}

/** Whether an error of the system or of PostgreSQL carries one of these codes. */
export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

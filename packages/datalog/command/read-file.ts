import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from './usage-error.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be opened',
  EPERM: 'it may not be opened',
  ENOTDIR: 'a part of its path is no folder',
}

/** The text of a file, `path` being relative to `folder`. Throws UsageError, a sentence that names it. */
export function readText(path: string, folder: string): string {
  const bytes = attempt(path, () => readFileSync(resolve(folder, path)))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new UsageError(`${path} is not text in UTF-8.`, { cause: error })
  }
}

/** Throws UsageError. */
export function writeText(path: string, folder: string, text: string): void {
  attempt(path, () => writeFileSync(resolve(folder, path), text))
}

function attempt<Result>(path: string, action: () => Result): Result {
  try {
    return action()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const reason = reasons[code] ?? `the system says ${code}`
    throw new UsageError(`${path}: ${reason}.`, { cause: error })
  }
}

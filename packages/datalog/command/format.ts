import { formatProgram } from '../index.ts'
import { DatalogError } from '../language/errors.ts'
import { parseArguments } from './arguments.ts'
import type { CommandEnvironment } from './config/environment.ts'
import { help } from './help.ts'
import { readText, writeText } from './read-file.ts'
import { lineOfProblem } from './show-problem.ts'
import { UsageError } from './usage-error.ts'

/** `pnpm datalog format`. Gives the exit code. Throws UsageError. */
export function runFormat(words: readonly string[], { typedIn }: CommandEnvironment): number {
  const flags = { write: 'switch', check: 'switch' } as const
  const given = parseArguments(words, { command: 'format', flags })
  if (given.has('help')) {
    process.stdout.write(help.format)
    return 0
  }
  if (given.files.length === 0) throw new UsageError('Which file? pnpm datalog format FILE ...')
  if (given.has('write') && given.has('check')) {
    throw new UsageError('--write changes the files and --check does not: choose one.')
  }
  let exitCode = 0
  for (const file of given.files) {
    const text = readText(file, typedIn)
    const formatted = tryFormat(text, file)
    if (formatted === undefined) exitCode = 1
    else if (given.has('write')) {
      if (formatted !== text) writeText(file, typedIn, formatted)
    } else if (given.has('check')) {
      if (formatted === text) continue
      process.stdout.write(`${file} is not in the house format\n`)
      exitCode = 1
    } else process.stdout.write(formatted)
  }
  return exitCode
}

/** Undefined for a text that cannot be read; its problems are said then. */
function tryFormat(text: string, file: string): string | undefined {
  try {
    return formatProgram(text)
  } catch (error) {
    if (!(error instanceof DatalogError)) throw error
    const lines = error.problems.map((problem) => lineOfProblem(problem, file))
    process.stderr.write(`${lines.join('\n')}\n`)
    return undefined
  }
}

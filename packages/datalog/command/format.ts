import { formatProgram } from '../index.ts'
import { DatalogError, type Problem } from '../language/errors.ts'
import { parseArguments } from './arguments.ts'
import type { CommandEnvironment } from './config/environment.ts'
import { help } from './help.ts'
import { readText, writeText } from './read-file.ts'
import { lineOfProblem } from './show-problem.ts'
import { UsageError } from './usage-error.ts'

/** `pnpm datalog format`. Gives the exit code. Throws UsageError. */
export function runFormat(words: readonly string[], environment: CommandEnvironment): number {
  const { typedIn, output, errors } = environment
  const flags = { write: 'switch', check: 'switch' } as const
  const given = parseArguments(words, { command: 'format', flags })
  if (given.has('help')) {
    output.write(help.format)
    return 0
  }
  if (given.files.length === 0) throw new UsageError('Which file? pnpm datalog format FILE ...')
  if (given.has('write') && given.has('check')) {
    throw new UsageError('--write changes the files and --check does not: choose one.')
  }
  let exitCode = 0
  for (const file of given.files) {
    const text = readText(file, typedIn)
    const formatted = tryFormat(text, (problem) =>
      errors.write(`${lineOfProblem(problem, file)}\n`),
    )
    if (formatted === undefined) exitCode = 1
    else if (given.has('write')) {
      if (formatted !== text) writeText(file, typedIn, formatted)
    } else if (given.has('check')) {
      if (formatted === text) continue
      output.write(`${file} is not in the house format\n`)
      exitCode = 1
    } else output.write(formatted)
  }
  return exitCode
}

/** Undefined for a text that cannot be read; its problems are said then. */
function tryFormat(text: string, say: (problem: Problem) => void): string | undefined {
  try {
    return formatProgram(text)
  } catch (error) {
    if (!(error instanceof DatalogError)) throw error
    for (const problem of error.problems) say(problem)
    return undefined
  }
}

import { parseArguments } from './arguments.ts'
import { runCheck } from './check.ts'
import type { CommandEnvironment } from './config/environment.ts'
import { runFormat } from './format.ts'
import { help } from './help.ts'
import { openRepl } from './repl.ts'
import { runPrograms } from './run.ts'
import { UsageError } from './usage-error.ts'

type Command = (words: readonly string[], environment: CommandEnvironment) => number

const commands: Readonly<Record<string, Command>> = {
  run: runPrograms,
  check: runCheck,
  format: runFormat,
}

/** `pnpm datalog`, see help.ts. Gives the exit code; words that mean nothing are explained. */
export async function runCommand(environment: CommandEnvironment): Promise<number> {
  try {
    return await followWords(environment)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    environment.errors.write(`${error.message}\n`)
    return 1
  }
}

async function followWords(environment: CommandEnvironment): Promise<number> {
  const [name = '', ...rest] = environment.words
  const command = commands[name]
  if (command) return command(rest, environment)
  const flags = { 'max-derivations': 'text' } as const
  const parsed = parseArguments(environment.words, { command: '', flags })
  if (parsed.has('help')) {
    environment.output.write(help[''])
    return 0
  }
  if (parsed.files.length > 0) {
    throw new UsageError(`There is no command ${parsed.files[0]}. See: pnpm datalog --help`)
  }
  return openRepl({ ...environment, maxDerivations: parsed.count('max-derivations') })
}

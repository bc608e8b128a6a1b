#!/usr/bin/env node
import { parseArguments } from './arguments.ts'
import { runCheck } from './check.ts'
import { type CommandEnvironment, readEnvironment } from './config/environment.ts'
import { runFormat } from './format.ts'
import { help } from './help.ts'
import { openRepl } from './repl.ts'
import { runPrograms } from './run.ts'
import { UsageError } from './usage-error.ts'

// `pnpm datalog`. See help.ts.

type Command = (words: readonly string[], environment: CommandEnvironment) => number

const commands: Readonly<Record<string, Command>> = {
  run: runPrograms,
  check: runCheck,
  format: runFormat,
}

async function main(environment: CommandEnvironment): Promise<number> {
  const [name = '', ...rest] = environment.words
  const command = commands[name]
  if (command) return command(rest, environment)
  const flags = { 'max-derivations': 'text' } as const
  const parsed = parseArguments(environment.words, { command: '', flags })
  if (parsed.has('help')) {
    process.stdout.write(help[''])
    return 0
  }
  if (parsed.files.length > 0) {
    throw new UsageError(`There is no command ${parsed.files[0]}. See: pnpm datalog --help`)
  }
  return openRepl({ ...environment, maxDerivations: parsed.count('max-derivations') })
}

// Whoever reads the output may stop before its end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  process.exitCode = await main(readEnvironment())
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

import { isatty } from 'node:tty'

/** What the terminal and whoever typed the command say about how to behave. */
export interface CommandEnvironment {
  readonly words: readonly string[]
  /** The folder in which the command was typed; pnpm runs it elsewhere. */
  readonly typedIn: string
  readonly isInteractive: boolean
  readonly isColoured: boolean
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  /** For what is wrong. */
  readonly errors: NodeJS.WritableStream
}

/** The only place of the command that reads the process's environment. https://no-color.org */
export function readEnvironment(): CommandEnvironment {
  const { NO_COLOR: noColour, TERM: terminal, INIT_CWD: typedIn } = process.env
  const isTerminal = isatty(1)
  return {
    words: process.argv.slice(2).filter((word, index) => !(index === 0 && word === '--')),
    typedIn: typedIn ?? process.cwd(),
    isInteractive: isTerminal && isatty(0),
    isColoured: isTerminal && !noColour && terminal !== 'dumb',
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  }
}

import { createInterface, type Interface } from 'node:readline'
import { complete } from './completion.ts'
import type { CommandEnvironment } from './config/environment.ts'
import { createPaint } from './paint.ts'
import { commandNames, createReplCommands } from './repl-commands.ts'
import { createReplSession } from './repl-session.ts'
import { readStatement } from './statement.ts'

const prompts = { first: 'datalog> ', further: '     ... ' } as const

/**
 * The prompt, or the same without prompt and colours for what comes through a pipe. Resolves to the
 * exit code when it is left: 1 when a statement of a script failed.
 */
export function openRepl(
  environment: CommandEnvironment & { readonly maxDerivations: number | undefined },
): Promise<number> {
  const { isInteractive, typedIn, input, output } = environment
  const paint = createPaint(environment.isColoured)
  const session = createReplSession({ ...environment, paint })
  const commands = createReplCommands(session, environment)
  const world = () => ({
    commands: commandNames,
    relations: session.relations(),
    folder: typedIn,
  })
  const lines = createInterface({
    input,
    terminal: isInteractive,
    historySize: 1000,
    removeHistoryDuplicates: true,
    ...(isInteractive ? { output, prompt: prompts.first } : {}),
    completer: (line: string) => complete(line, world()),
  })
  if (isInteractive) session.say(paint.faint('Datalog. .help says how, .quit leaves.'))
  return converse(lines, { isInteractive, output, session, commands, quitHint: paint.faint })
}

interface Conversation {
  readonly isInteractive: boolean
  readonly output: NodeJS.WritableStream
  readonly session: ReturnType<typeof createReplSession>
  readonly commands: ReturnType<typeof createReplCommands>
  readonly quitHint: (text: string) => string
}

function converse(lines: Interface, conversation: Conversation): Promise<number> {
  const { isInteractive, output, session, commands, quitHint } = conversation
  const state = { unfinished: '', firstLine: 1, line: 0, isOver: false, isLeaving: false }

  function ask(): void {
    if (!isInteractive || state.isOver) return
    lines.setPrompt(state.unfinished === '' ? prompts.first : prompts.further)
    lines.prompt()
  }

  /** Lines are counted in a script; at the prompt each statement is a text by itself. */
  function place() {
    return isInteractive ? {} : { firstLine: state.firstLine, file: 'stdin' }
  }

  function take(text: string): void {
    const statement = readStatement(text)
    if (statement.kind === 'unfinished') {
      state.unfinished = `${text}\n`
      return
    }
    state.unfinished = ''
    const action = () =>
      statement.kind === 'command' ? commands.run(statement) : session.run(statement)
    const wantsOn = session.guard(action, { text, ...place() })
    if (wantsOn !== 'quit') return
    state.isOver = true
    lines.close()
  }

  lines.on('line', (line) => {
    if (state.isOver) return
    state.line++
    state.isLeaving = false
    if (state.unfinished === '') state.firstLine = state.line
    take(state.unfinished + line)
    ask()
  })
  lines.on('SIGINT', () => {
    const isEmpty = lines.line === '' && state.unfinished === ''
    if (isEmpty && state.isLeaving) return lines.close()
    state.isLeaving = isEmpty
    state.unfinished = ''
    // What is typed goes away: to the end of the line, then all before it.
    lines.write(null, { ctrl: true, name: 'e' })
    lines.write(null, { ctrl: true, name: 'u' })
    output.write(isEmpty ? `\n${quitHint('Ctrl-C again leaves.')}\n` : '\n')
    ask()
  })
  ask()

  return new Promise((resolve) => {
    lines.on('close', () => {
      // A script whose last full stop is missing: say so instead of leaving it out.
      if (!state.isOver && !isInteractive && state.unfinished !== '') {
        const text = state.unfinished
        session.guard(() => session.run({ kind: 'clauses', text }), { text, ...place() })
      }
      state.isOver = true
      if (isInteractive) output.write('\n')
      resolve(!isInteractive && session.hasFailed() ? 1 : 0)
    })
  })
}

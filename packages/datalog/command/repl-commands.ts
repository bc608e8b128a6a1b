import { formatProgram } from '../index.ts'
import type { CommandEnvironment } from './config/environment.ts'
import { replHelp } from './help.ts'
import { readText, writeText } from './read-file.ts'
import { readRows } from './read-rows.ts'
import { count, type ReplSession } from './repl-session.ts'
import { UsageError } from './usage-error.ts'

interface Command {
  readonly name: string
  readonly words: readonly string[]
}

type Action = (words: readonly string[]) => void

/** With their dots, for completion. */
export const commandNames: readonly string[] = [
  'load',
  'facts',
  'save',
  'rules',
  'relations',
  'stats',
  'timing',
  'limit',
  'undo',
  'reset',
  'help',
  'quit',
].map((name) => `.${name}`)

/** `.load`, `.undo` and the others. `run` throws UsageError and DatalogError. */
export function createReplCommands(
  repl: ReplSession,
  { typedIn }: CommandEnvironment,
): { run(command: Command): 'quit' | undefined } {
  const { session, settings, say } = repl
  const ruleTexts = () => session.rules.map(({ text }) => text)

  const actions: Readonly<Record<string, Action>> = {
    load([path]) {
      if (!path) throw new UsageError('Which file? .load FILE')
      const text = readText(path, typedIn)
      repl.guard(() => repl.addProgram(text), { text, file: path })
    },
    facts([relation, path]) {
      if (!relation || !path) throw new UsageError('Which file? .facts RELATION FILE')
      const rows = readRows(path, typedIn)
      session.change(rows.map((row) => ({ sign: '+', fact: { relation, row } })))
      const now = session.database.stats().relations[relation]?.rows ?? 0
      say(`${count(rows.length, 'row')} read, ${relation} has ${count(now, 'row')}`)
    },
    save([path]) {
      if (!path) throw new UsageError('Which file? .save FILE')
      writeText(path, typedIn, session.database.toText())
      const facts = Object.values(session.database.stats().relations).reduce(
        (sum, { asserted }) => sum + asserted,
        0,
      )
      say(`${count(session.rules.length, 'rule')} and ${count(facts, 'fact')} written`)
    },
    rules() {
      const rules = ruleTexts()
      say(rules.length === 0 ? 'no rules' : formatProgram(rules.join('\n')).trimEnd())
    },
    relations() {
      const lines = Object.entries(session.database.stats().relations)
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, { rows, asserted, kind }]) => {
          const both = kind !== 'asserted' && asserted > 0 ? `, ${asserted} asserted` : ''
          return `${name}: ${count(rows, 'row')}${both}, ${kinds[kind] ?? kind}`
        })
      say(lines.length === 0 ? 'no relations' : lines.join('\n'))
    },
    stats() {
      const { touched, changed, values, bytes, compiled } = session.database.stats()
      say(`last change: ${count(touched, 'fact')} looked at, ${changed} really changed`)
      say(`${count(values, 'value')} kept, ${(bytes / 1024).toFixed(0)} KB in columns and indexes`)
      say(compiled ? 'rules are compiled to code' : 'rules are interpreted')
    },
    timing([word]) {
      if (word !== 'on' && word !== 'off') throw new UsageError('.timing on, or .timing off')
      settings.isTimed = word === 'on'
      say(`timing is ${word}`)
    },
    limit([word = '']) {
      if (!/^\d{1,15}$/.test(word)) throw new UsageError('How many rows? .limit N')
      settings.limit = Number(word)
      say(`at most ${count(settings.limit, 'row')} of an answer`)
    },
    undo() {
      const undone = session.undo()
      if (!undone) throw new UsageError('There is nothing to take back.')
      const { ruleCount, factCount, delta } = undone
      if (delta) repl.sayDelta(delta)
      else say(`taken back: ${count(ruleCount, 'rule')}, ${count(factCount, 'fact')}`)
    },
    reset() {
      session.reset()
      say('all is empty')
    },
    help: () => say(replHelp.trimEnd()),
  }

  return {
    run({ name, words }) {
      if (name === 'quit' || name === 'exit') return 'quit'
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined
      if (!action) throw new UsageError(`There is no command .${name}. Try .help`)
      action(words)
      return undefined
    },
  }
}

const kinds: Readonly<Record<string, string>> = {
  asserted: 'asserted facts',
  counting: 'derived, without recursion',
  recursive: 'derived by recursion',
  demand: 'answered when asked',
  external: 'rows from elsewhere',
}

import type { Delta } from '../contract.ts'
import { DatalogError } from '../language/errors.ts'
import { answerQuery, answerText } from '../session/answers.ts'
import { parseFact, parseFacts } from '../session/facts.ts'
import { createSession, type Session } from '../session/session.ts'
import type { CommandEnvironment } from './config/environment.ts'
import type { Paint } from './paint.ts'
import { showDelta } from './show-delta.ts'
import { showProblem } from './show-problem.ts'
import { showProof, showWhyNot } from './show-proof.ts'
import { showAnswers, showTime } from './show-results.ts'
import type { Statement } from './statement.ts'
import { UsageError } from './usage-error.ts'

export interface ReplOptions extends CommandEnvironment {
  readonly paint: Paint
  readonly maxDerivations: number | undefined
}

/** Where the text came from: a line of the prompt or script, or a file. */
interface Origin {
  readonly text?: string
  /** The line of the script or file in which `text` begins. */
  readonly firstLine?: number
  readonly file?: string
}

type Said = Exclude<Statement, { kind: 'command' | 'unfinished' }>

/** What the prompt does with a statement, and what it says to it. */
export interface ReplSession {
  readonly session: Session
  readonly settings: { limit: number; isTimed: boolean }
  say(text: string): void
  sayDelta(delta: Delta): void
  /** Adds a program's text and answers its queries. */
  addProgram(text: string): void
  run(statement: Said): void
  /** Says what is wrong instead of throwing it. */
  guard<Result>(action: () => Result, origin: Origin): Result | undefined
  relations(): readonly string[]
  hasFailed(): boolean
}

export function createReplSession(options: ReplOptions): ReplSession {
  const { paint, isInteractive, maxDerivations, output, errors } = options
  const session = createSession(maxDerivations === undefined ? {} : { maxDerivations })
  const settings = { limit: isInteractive ? 100 : Infinity, isTimed: isInteractive }
  const state = { hasFailed: false }
  const say = (text: string) => void output.write(`${text}\n`)

  function timed<Result>(action: () => Result): Result {
    const started = performance.now()
    const result = action()
    const milliseconds = performance.now() - started
    if (settings.isTimed) say(paint.faint(showTime(milliseconds)))
    return result
  }

  const repl: ReplSession = {
    session,
    settings,
    say,
    sayDelta: (delta) => say(showDelta(delta, { paint, limit: settings.limit })),
    addProgram(text) {
      const before = countRows(session)
      const { ruleCount, factCount, queries, delta } = session.add(text)
      if (delta && factCount > 0) repl.sayDelta(delta)
      if (!delta) {
        const what = [
          count(ruleCount, 'rule'),
          ...(factCount > 0 ? [count(factCount, 'fact')] : []),
        ]
        const grown = describeGrowth(before, countRows(session))
        say(paint.good(`+ ${what.join(', ')}`) + paint.faint(grown && `   ${grown}`))
      }
      for (const query of queries) {
        say(showAnswers(answerQuery(session.database, { query, text }), { paint, ...settings }))
      }
    },
    run(statement) {
      switch (statement.kind) {
        case 'nothing':
          return
        case 'clauses':
          return repl.addProgram(statement.text)
        case 'change': {
          const facts = parseFacts(statement.text)
          const changes = facts.map((fact) => ({ sign: statement.sign, fact }))
          return timed(() => repl.sayDelta(session.change(changes)))
        }
        case 'question':
          return say(
            showAnswers(answerText(session.database, statement.text), { paint, ...settings }),
          )
        case 'why': {
          const { relation, row } = parseFact(statement.text)
          const proof = session.database.explain(relation, row)
          if (proof) return say(showProof(proof.toText(), paint))
          return say(showWhyNot(session.database.whyNot(relation, row), paint))
        }
        case 'why-not': {
          const { relation, row } = parseFact(statement.text)
          return say(showWhyNot(session.database.whyNot(relation, row), paint))
        }
      }
    },
    guard(action, { text, firstLine, file }) {
      try {
        return action()
      } catch (error) {
        const isOurs = error instanceof DatalogError || error instanceof UsageError
        if (!isOurs) throw error
        state.hasFailed = true
        const problems = error instanceof DatalogError ? error.problems : []
        const shown = problems.map((problem) =>
          showProblem(problem, { text, file, paint, ...(firstLine ? { firstLine } : {}) }),
        )
        const message = problems.length > 0 ? shown.join('\n') : paint.bad(error.message)
        ;(isInteractive ? output : errors).write(`${message}\n`)
        return undefined
      }
    },
    relations: () => Object.keys(session.database.stats().relations),
    hasFailed: () => state.hasFailed,
  }
  return repl
}

function countRows({ database }: Session): ReadonlyMap<string, number> {
  const { relations } = database.stats()
  return new Map(Object.entries(relations).map(([name, { rows }]) => [name, rows]))
}

/** `path: 6 rows (+6)` of each relation whose size is another now. */
function describeGrowth(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): string {
  return [...after]
    .map(([name, rows]) => ({ name, rows, grown: rows - (before.get(name) ?? 0) }))
    .filter(({ grown }) => grown !== 0)
    .map(
      ({ name, rows, grown }) => `${name}: ${count(rows, 'row')} (${grown > 0 ? '+' : ''}${grown})`,
    )
    .join(', ')
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

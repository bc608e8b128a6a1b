import { datalog } from '../index.ts'
import { DatalogError } from '../language/errors.ts'
import { parseProgram } from '../language/parser.ts'
import type { Program, Value } from '../language/syntax.ts'
import { answerQuery } from '../session/answers.ts'
import { rowValues, sortRows } from '../session/rows.ts'
import type { SessionDatabase } from '../session/session.ts'
import { type Arguments, parseArguments } from './arguments.ts'
import type { CommandEnvironment } from './config/environment.ts'
import { help } from './help.ts'
import { readText } from './read-file.ts'
import { readRows } from './read-rows.ts'
import { lineOfProblem } from './show-problem.ts'
import { type Results, showResults } from './show-results.ts'
import { UsageError } from './usage-error.ts'

interface ProgramFile {
  readonly file: string
  readonly text: string
}

const flags = {
  facts: 'text',
  limit: 'text',
  json: 'switch',
  time: 'switch',
  'max-derivations': 'text',
} as const

/** `pnpm datalog run`. Gives the exit code. Throws UsageError. */
export function runPrograms(words: readonly string[], environment: CommandEnvironment): number {
  const given = parseArguments(words, { command: 'run', flags })
  if (given.has('help')) {
    environment.output.write(help.run)
    return 0
  }
  if (given.files.length === 0) throw new UsageError('Which file? pnpm datalog run FILE ...')
  const limit = given.count('limit') ?? Infinity
  const facts = readFacts(given, environment)
  const files = given.files.map((file) => ({ file, text: readText(file, environment.typedIn) }))

  const problems: string[] = []
  const results = evaluate(files, {
    facts,
    problems,
    maxDerivations: given.count('max-derivations'),
  })
  if (!results) {
    environment.errors.write(`${problems.join('\n')}\n`)
    return 1
  }
  const { isColoured } = environment
  const isTimed = given.has('time')
  const shown = given.has('json')
    ? toJson(results, { limit, isTimed })
    : showResults(results, { limit, isTimed, isColoured })
  environment.output.write(`${shown}\n`)
  return 0
}

/** `--facts edge=edges.csv` */
function readFacts(given: Arguments, { typedIn }: CommandEnvironment) {
  const facts: Record<string, (readonly Value[])[]> = {}
  for (const text of given.texts('facts')) {
    const [, relation, path] = /^([^=]+)=(.+)$/s.exec(text) ?? []
    if (!relation || !path) {
      throw new UsageError(`--facts is ${text}, and it has to be RELATION=FILE.`)
    }
    facts[relation] = [...(facts[relation] ?? []), ...readRows(path, typedIn)]
  }
  return facts
}

interface Evaluation {
  readonly facts: Readonly<Record<string, readonly (readonly Value[])[]>>
  /** Lines about what is wrong are added here. */
  readonly problems: string[]
  readonly maxDerivations: number | undefined
}

/** Undefined when there is a problem. */
function evaluate(files: readonly ProgramFile[], evaluation: Evaluation): Results | undefined {
  const { facts, problems, maxDerivations } = evaluation
  const attempt = <Result>(file: string, action: () => Result): Result | undefined => {
    try {
      return action()
    } catch (error) {
      if (!(error instanceof DatalogError)) throw error
      problems.push(...error.problems.map((problem) => lineOfProblem(problem, file)))
      return undefined
    }
  }

  const parsed = files.map(({ file, text }) => attempt(file, () => parseProgram(text)))
  if (problems.length > 0) return undefined
  const programs = parsed.filter((program) => program !== undefined)
  const database = datalog(undefined, maxDerivations === undefined ? {} : { maxDerivations })
  const started = performance.now()
  attempt('--facts', () => database.load(facts))
  for (const { file, text } of files) {
    if (problems.length === 0) attempt(file, () => database.rules(text))
  }
  const loadMilliseconds = performance.now() - started
  if (problems.length > 0) return undefined

  const answers = programs.flatMap(({ text, queries }, index) =>
    queries.map((query) =>
      attempt(files[index]?.file ?? '', () => answerQuery(database, { query, text })),
    ),
  )
  if (problems.length > 0) return undefined
  return {
    answers: answers.filter((answer) => answer !== undefined),
    relations: answers.length > 0 ? [] : derivedRelations(programs, database),
    loadMilliseconds,
  }
}

function derivedRelations(programs: readonly Program[], database: SessionDatabase) {
  const rules = programs.flatMap(({ clauses }) => clauses).filter(({ body }) => body.length > 0)
  const names = new Set(rules.map(({ head }) => head.relation))
  return [...names].map((relation) => ({
    relation,
    rows: sortRows(database.rows(relation).map(rowValues)),
  }))
}

function toJson(
  { answers, relations, loadMilliseconds }: Results,
  { limit, isTimed }: { limit: number; isTimed: boolean },
): string {
  const time = (milliseconds: number) => (isTimed ? { milliseconds } : {})
  return JSON.stringify(
    {
      ...time(loadMilliseconds),
      queries: answers.map(({ text, columns, rows, holds, milliseconds }) => ({
        query: text,
        columns,
        holds,
        count: columns.length === 0 ? Number(holds) : rows.length,
        rows: rows.slice(0, limit),
        ...time(milliseconds),
      })),
      relations: relations.map(({ relation, rows }) => ({
        relation,
        count: rows.length,
        rows: rows.slice(0, limit),
      })),
    },
    null,
    2,
  )
}

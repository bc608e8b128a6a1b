import { checkProgram } from '../index.ts'
import type { Problem } from '../language/errors.ts'
import { parse } from '../language/parser.ts'
import type { Clause } from '../language/syntax.ts'
import { parseArguments } from './arguments.ts'
import type { CommandEnvironment } from './config/environment.ts'
import { help } from './help.ts'
import { createPaint } from './paint.ts'
import { readText } from './read-file.ts'
import { showProblem } from './show-problem.ts'
import { UsageError } from './usage-error.ts'

interface CheckedFile {
  readonly file: string
  readonly text: string
  readonly clauses: readonly Clause[]
  readonly problems: readonly Problem[]
}

/** `pnpm datalog check`: every problem of every file. Gives the exit code. Throws UsageError. */
export function runCheck(words: readonly string[], environment: CommandEnvironment): number {
  const { output } = environment
  const given = parseArguments(words, { command: 'check', flags: { json: 'switch' } })
  if (given.has('help')) {
    output.write(help.check)
    return 0
  }
  if (given.files.length === 0) throw new UsageError('Which file? pnpm datalog check FILE ...')
  const checked = given.files.map((file): CheckedFile => {
    const text = readText(file, environment.typedIn)
    const { clauses } = parse({ text }).program
    return { file, text, clauses, problems: checkProgram(text) }
  })
  const hasProblems = checked.some(({ problems }) => problems.length > 0)
  const counts = countOf(checked.flatMap(({ clauses }) => clauses))
  if (given.has('json')) {
    const problems = checked.flatMap(({ file, problems }) =>
      problems.map((problem) => ({ file, ...problem })),
    )
    output.write(`${JSON.stringify({ ok: !hasProblems, ...counts, problems }, null, 2)}\n`)
  } else if (hasProblems) {
    output.write(`${describe(checked, environment)}\n`)
  } else {
    const { rules, facts, relations } = counts
    output.write(`ok: ${rules} rules, ${facts} facts, ${relations} relations\n`)
  }
  return hasProblems ? 1 : 0
}

function describe(checked: readonly CheckedFile[], { isColoured }: CommandEnvironment): string {
  const paint = createPaint(isColoured)
  const shown = checked.flatMap(({ file, text, problems }) =>
    problems.map((problem) => showProblem(problem, { file, text, paint })),
  )
  const count = shown.length === 1 ? '1 problem' : `${shown.length} problems`
  return [...shown, count].join('\n\n')
}

function countOf(clauses: readonly Clause[]) {
  const rules = clauses.filter(({ body }) => body.length > 0)
  const relations = new Set(
    clauses.flatMap(({ head, body }) => [head.relation, ...body.flatMap(relationsOf)]),
  )
  return {
    rules: rules.length,
    facts: clauses.length - rules.length,
    relations: relations.size,
  }
}

function relationsOf(literal: Clause['body'][number]): readonly string[] {
  switch (literal.kind) {
    case 'atom':
    case 'not':
      return [literal.atom.relation]
    case 'aggregate':
      return literal.body.flatMap(relationsOf)
    case 'comparison':
      return []
  }
}

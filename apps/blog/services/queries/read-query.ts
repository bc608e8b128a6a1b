import {
  checkProgram,
  type Clause,
  DatalogError,
  type Literal,
  parseProgram,
  type Problem,
  type Program,
} from '@rose-ash/datalog'
import { queryLimits } from './limits.ts'
import { findFirstVariable, isPlainBody, relationsBehind } from './relations-read.ts'
import { siteArities, unkeptClauses, unkeptRelations } from './site-relations.ts'

/** A list's text, read and found to be sound. */
export interface ReadQuery {
  /** Its own rules and facts. */
  readonly clauses: readonly Clause[]
  readonly body: readonly Literal[]
  /** The question as written. */
  readonly question: string
  /** Whose values are listed. */
  readonly variable: string
  /** Relations of the site whose changes may change the answer. */
  readonly reads: ReadonlySet<string>
  /** Only asks for what the site's database keeps, so that it can be followed there and never fail. */
  readonly isPlain: boolean
}

export type QueryReading =
  | { readonly query: ReadQuery; readonly problems: readonly [] }
  | { readonly query: undefined; readonly problems: readonly Problem[] }

/** Reads rules and one question over the site's relations. Nothing is thrown: all that is wrong is told at once. */
export function readQuery(text: string): QueryReading {
  if (text.length > queryLimits.textLength) return { query: undefined, problems: [tooMuchText] }
  const program = parse(text)
  const problems = [
    ...checkProgram(text, { arities: siteArities, closed: true }).map(explain),
    ...(program ? [...checkHeads(program), ...checkQuestion(program)] : []),
  ].toSorted((one, other) => (one.span?.start ?? 0) - (other.span?.start ?? 0))
  const [question] = program?.queries ?? []
  const variable = question && findFirstVariable(question.body)
  if (problems.length > 0 || !program || !question || variable === undefined)
    return { query: undefined, problems }
  const { clauses } = program
  const { body, span } = question
  const behind = relationsBehind(body, [...clauses, ...unkeptClauses])
  const isKept = (name: string) => siteArities.has(name) && !unkeptRelations.has(name)
  const query = {
    clauses,
    body,
    question: text.slice(span.start, span.end),
    variable,
    reads: new Set([...behind].filter(isKept)),
    isPlain: isPlainBody(body) && [...behind].every(isKept),
  }
  return { query, problems: [] }
}

const tooMuchText: Problem = {
  code: 'limit',
  message: `A list is written in ${queryLimits.textLength} characters at most.`,
  hint: '',
}

/** Undefined when it is not of the language; what is wrong with it then, `checkProgram` says. */
function parse(text: string): Program | undefined {
  try {
    return parseProgram(text)
  } catch (error) {
    if (error instanceof DatalogError) return undefined
    throw error
  }
}

/** There is no schema here to add a relation to. */
function explain(problem: Problem): Problem {
  if (problem.code !== 'unknown-relation' || problem.hint.startsWith('Did you mean')) return problem
  return { ...problem, hint: 'A list reads the site’s relations, and those of its own rules.' }
}

function checkHeads({ clauses }: Program): Problem[] {
  return clauses.flatMap(({ head: { relation, span } }): Problem[] =>
    siteArities.has(relation)
      ? [
          {
            code: 'usage',
            message: `${relation} is one of the site’s own relations.`,
            hint: 'Give yours another name.',
            span,
          },
        ]
      : [],
  )
}

function checkQuestion({ queries }: Program): Problem[] {
  const [question, second] = queries
  if (!question)
    return [
      {
        code: 'usage',
        message: 'There is no question.',
        hint: 'End with one, such as ?- instance(P, "type:article").',
      },
    ]
  if (second)
    return [
      {
        code: 'usage',
        message: 'A list has one question.',
        hint: 'Take this one away, or make it a rule.',
        span: second.span,
      },
    ]
  if (findFirstVariable(question.body) !== undefined) return []
  return [
    {
      code: 'usage',
      message: 'The question has no variable, so there is nothing to list.',
      hint: 'Its first variable is what is listed.',
      span: question.span,
    },
  ]
}

import type { Span } from './syntax.ts'

/** One thing that is wrong, as data. */
export interface Problem {
  readonly code: ProblemCode
  /** A sentence that names the relation and the variable. */
  readonly message: string
  /** What to do about it, a sentence; empty when the message says it all. */
  readonly hint: string
  /** Where, when it is in a text. */
  readonly span?: Span
}

export type ProblemCode =
  /** The text is not of the language. */
  | 'syntax'
  /** A variable has no value where one is needed: in a head, under `not`, in a comparison, in arithmetic. */
  | 'unsafe'
  /** A relation depends on its own negation or aggregate. */
  | 'unstratified'
  /** A relation is used with different numbers of columns. */
  | 'arity'
  /** A name of the language used for a relation. */
  | 'reserved'
  /** Not in the schema. */
  | 'unknown-relation'
  /** A value or column is of another type than the schema says. */
  | 'type'
  /** Not a value: NaN, an infinity, an integer that is not safe, undefined. */
  | 'value'
  /** An arithmetic expression has no result: division by zero, text, leaving the safe integers. */
  | 'arithmetic'
  /** `maxDerivations` or `maxMs`. */
  | 'limit'
  /** Something that cannot be done with this relation or at this moment. */
  | 'usage'

/** All that is wrong at once. `message` has every problem, with its place; the first gives `code`, `span` and `hint`. */
export class DatalogError extends Error {
  override readonly name = 'DatalogError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(describeProblem).join('\n'), options)
    this.problems = problems
  }

  get code(): ProblemCode {
    return this.problems[0]?.code ?? 'usage'
  }

  get hint(): string {
    return this.problems[0]?.hint ?? ''
  }

  get span(): Span | undefined {
    return this.problems[0]?.span
  }
}

/** `3:7 unsafe: Y in the head of p has no value. Add …` */
export function describeProblem({ code, message, hint, span }: Problem): string {
  const place = span ? `${span.line}:${span.column} ` : ''
  return `${place}${code}: ${message}${hint ? ` ${hint}` : ''}`
}

/** Whether a rule could be read but not be worked out: a division by zero, a number that is not exact. */
export function isArithmeticError(error: unknown): boolean {
  return error instanceof DatalogError && error.code === 'arithmetic'
}

import { DatalogError, type Problem } from '../language/errors.ts'
import type { Query } from '../language/syntax.ts'
import { type Answers, answerQuery, answerText } from './answers.ts'
import { overview, type RelationOverview } from './overview.ts'
import type { Session } from './session.ts'

/** A text's queries, and the text they stand in. */
export interface Questions {
  readonly text: string
  readonly queries: readonly Query[]
}

/** What there is to see of a session: the answers of a program's queries, and all relations. */
export interface Evaluation {
  readonly answers: readonly Answers[]
  readonly relations: readonly RelationOverview[]
  /** Of queries that could not be answered. */
  readonly problems: readonly Problem[]
}

/** With at most `limit` rows of each relation. */
export function evaluate(
  session: Session,
  { text, queries }: Questions,
  limit: number,
): Evaluation {
  const results = queries.map((query) =>
    attempt(() => answerQuery(session.database, { query, text })),
  )
  return {
    answers: results.flatMap(({ value }) => value ?? []),
    relations: overview(session, limit),
    problems: results.flatMap(({ problems }) => problems),
  }
}

/** The answers of what somebody asks besides; `value` is undefined when it is blank or wrong. */
export function ask(session: Session, question: string): Attempt<Answers> {
  if (question.trim() === '') return { value: undefined, problems: [] }
  return attempt(() => answerText(session.database, question))
}

/** What came of something that may throw DatalogError. */
export interface Attempt<Value> {
  readonly value: Value | undefined
  readonly problems: readonly Problem[]
}

export function attempt<Value>(action: () => Value): Attempt<Value> {
  try {
    return { value: action(), problems: [] }
  } catch (error) {
    if (!(error instanceof DatalogError)) throw error
    return { value: undefined, problems: error.problems }
  }
}

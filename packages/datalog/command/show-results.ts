import type { Value } from '../language/syntax.ts'
import type { Answers } from '../session/answers.ts'
import { writeFact } from '../session/write.ts'
import { createPaint, type Paint } from './paint.ts'
import { showTable } from './show-table.ts'

/** What `run` found: the answers of the queries, or the relations that rules derive. */
export interface Results {
  readonly answers: readonly Answers[]
  readonly relations: readonly {
    readonly relation: string
    readonly rows: readonly (readonly Value[])[]
  }[]
  readonly loadMilliseconds: number
}

export interface AnswerStyle {
  readonly paint: Paint
  readonly limit: number
  readonly isTimed: boolean
}

/** What `run` prints: each query over its answers, or each derived relation over its facts. */
export function showResults(
  results: Results,
  options: { limit: number; isTimed: boolean; isColoured: boolean },
): string {
  const paint = createPaint(options.isColoured)
  const style = { ...options, paint }
  const { answers, relations, loadMilliseconds } = results
  const blocks = [
    ...answers.map((answer) =>
      [paint.accent(`?- ${answer.text}.`), showAnswers(answer, style)].join('\n'),
    ),
    ...relations.map(({ relation, rows }) => {
      const facts = rows.slice(0, options.limit).map((row) => `${writeFact({ relation, row })}.`)
      const rest = rows.length - facts.length
      return [
        paint.accent(`% ${relation}: ${countRows(rows.length)}`),
        ...facts,
        ...(rest > 0 ? [paint.faint(`% … and ${rest} more`)] : []),
      ].join('\n')
    }),
    ...(options.isTimed ? [paint.faint(`% loaded in ${showTime(loadMilliseconds)}`)] : []),
  ]
  return blocks.length === 0 ? paint.faint('% no rules and no queries') : blocks.join('\n\n')
}

/** A table and how many there are; `yes` or `no` for a question without variables. */
export function showAnswers(answers: Answers, { paint, limit, isTimed }: AnswerStyle): string {
  const { columns, holds, milliseconds } = answers
  const time = isTimed ? paint.faint(`, ${showTime(milliseconds)}`) : ''
  if (columns.length === 0) return (holds ? paint.good('yes') : paint.bad('no')) + time
  const { rows } = answers
  const count = paint.faint(rows.length === 1 ? '1 answer' : `${rows.length} answers`) + time
  if (rows.length === 0) return count
  return [showTable(columns, rows, { paint, limit }), count].join('\n')
}

function countRows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}

export function showTime(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(2)} ms` : `${Math.round(milliseconds)} ms`
}

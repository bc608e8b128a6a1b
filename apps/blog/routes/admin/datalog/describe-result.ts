import type { Problem, Value } from '@rose-ash/datalog'
import type { Answers } from '@rose-ash/datalog/session/answers'
import type { RelationOverview } from '@rose-ash/datalog/session/overview'
import { writeValue } from '@rose-ash/datalog/session/write'
import { shownRows } from '../../../playground/limits.ts'
import type { ProgramResult } from '../../../services/playground/evaluate-program.ts'

/** A result as the templates show it: `problem`, `answers` and `relation`. */
export function describeResult(result: ProgramResult): object {
  const { problems, answers, question, relations } = result
  return {
    problems: problems.map(describeProblem),
    answers: answers.map((answer) => ({ ...describeAnswers(answer), hasHeading: true })),
    question: question ? { ...describeAnswers(question), hasHeading: false } : null,
    relations: relations.map(describeRelation),
  }
}

function describeProblem({ code, message, hint, span }: Problem) {
  return { code, message, hint: hint || null, place: span ? `${span.line}:${span.column}` : '' }
}

function describeAnswers({ text, columns, rows, holds, milliseconds }: Answers) {
  return {
    text,
    columns,
    rows: rows.slice(0, shownRows).map(describeRow),
    rest: Math.max(0, rows.length - shownRows),
    verdict: columns.length === 0 ? (holds ? 'Yes' : 'No') : count(rows.length, 'answer'),
    time: milliseconds.toFixed(1),
  }
}

function describeRelation({ name, kind, count: total, columns, rows }: RelationOverview) {
  const isAsserted = kind === 'asserted'
  return {
    name,
    count: count(total, 'row'),
    kind: isAsserted ? 'asserted' : 'derived',
    isAsserted,
    columns,
    rows: columns.length === 0 ? [] : rows.map(describeRow),
    rest: total - rows.length,
  }
}

function describeRow(row: readonly Value[]) {
  return row.map((value) => ({ text: writeValue(value), isNumber: typeof value === 'number' }))
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

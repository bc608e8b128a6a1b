import type { Problem } from '@rose-ash/datalog'
import type { Answers } from '@rose-ash/datalog/session/answers'
import { ask, attempt, evaluate, type Evaluation } from '@rose-ash/datalog/session/evaluation'
import { createSession } from '@rose-ash/datalog/session/session'
import { serverLimits, shownRows } from '../../playground/limits.ts'

/** What a program gives when it is evaluated here, for readers without scripts. */
export interface ProgramResult extends Evaluation {
  readonly question: Answers | undefined
  readonly problems: readonly Problem[]
}

/** It ends soon whatever the program is, and none of its text becomes code. */
export function evaluateProgram(program: string, question: string): ProgramResult {
  const session = createSession({ ...serverLimits, compile: false })
  const { value: added, problems } = attempt(() => session.add(program))
  if (!added) return { answers: [], relations: [], question: undefined, problems }
  const found = evaluate(session, { text: program, queries: added.queries }, shownRows)
  const asked = ask(session, question)
  return { ...found, question: asked.value, problems: [...found.problems, ...asked.problems] }
}

import {
  ask,
  attempt,
  evaluate,
  type Evaluation,
  type Questions,
} from '@rose-ash/datalog/session/evaluation'
import { type Fact, parseFact, parseFacts } from '@rose-ash/datalog/session/facts'
import { type Change, createSession } from '@rose-ash/datalog/session/session'
import { type Limits, shownRows } from './limits.ts'
import type { Outcome, Task } from './protocol.ts'

/** A proof with more facts than this is cut off: it has to be drawn. */
const proofNodes = 1000

export interface Workbench {
  do(task: Task): Outcome
}

/** A program, what was changed by hand on top of it, and a question: all that the playground works on. */
export function createWorkbench(limits: Limits): Workbench {
  // The page forbids making code of text, so the engine need not find out.
  const options = { ...limits, compile: false }
  let session = createSession(options)
  let questions: Questions = { text: '', queries: [] }
  let changes: readonly (readonly Change[])[] = []
  let question = ''

  function look(): { evaluation: Evaluation; question: NonNullable<Outcome['question']> } {
    const { value: answers, problems } = ask(session, question)
    return {
      evaluation: evaluate(session, questions, shownRows),
      question: { answers, problems },
    }
  }

  function run(task: Task & { kind: 'run' }): Omit<Outcome, 'milliseconds'> {
    const next = createSession(options)
    const { value: added, problems } = attempt(() => next.add(task.program))
    if (!added) return { problems }
    session = next
    questions = { text: task.program, queries: added.queries }
    question = task.question
    changes = task.changes.filter((made) => attempt(() => session.change(made)).value)
    return { problems: [], changes, ...look() }
  }

  function change(sign: '+' | '-', text: string): Omit<Outcome, 'milliseconds'> {
    const { value, problems } = attempt(() => {
      const made = parseFacts(withStop(text)).map((fact): Change => ({ sign, fact }))
      return { made, delta: session.change(made) }
    })
    if (!value) return { problems }
    changes = [...changes, value.made]
    return { changes, delta: value.delta, ...look() }
  }

  function undo(): Omit<Outcome, 'milliseconds'> {
    if (changes.length === 0) return { changes }
    const { delta } = session.undo() ?? {}
    changes = changes.slice(0, -1)
    return { changes, ...(delta ? { delta } : {}), ...look() }
  }

  function explain(asked: string | Fact): Omit<Outcome, 'milliseconds'> {
    const { value, problems } = attempt(() => {
      const { relation, row } = typeof asked === 'string' ? parseFact(withStop(asked)) : asked
      const proof = session.database.explain(relation, row, { maxNodes: proofNodes })
      return proof ? { proof } : { whyNot: session.database.whyNot(relation, row) }
    })
    return value ?? { problems }
  }

  function dispatch(task: Task): Omit<Outcome, 'milliseconds'> {
    switch (task.kind) {
      case 'run':
        return run(task)
      case 'change':
        return change(task.sign, task.text)
      case 'undo':
        return undo()
      case 'ask': {
        question = task.question
        const { value: answers, problems } = ask(session, question)
        return { question: { answers, problems } }
      }
      case 'why':
        return explain(task.fact)
    }
  }

  return {
    do(task) {
      const started = performance.now()
      const outcome = dispatch(task)
      return { ...outcome, milliseconds: performance.now() - started }
    },
  }
}

/** People leave the full stop out where there is one fact only. */
function withStop(text: string): string {
  return /\.\s*$/.test(text) ? text : `${text}.`
}

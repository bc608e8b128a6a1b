import { expect } from 'vitest'
import { DatalogError } from '../language/errors.ts'
import { parseProgram } from '../language/parser.ts'
import { valueOf } from '../testing/naive-solve.ts'
import { keyOf, NaiveError, type Row } from '../testing/naive-values.ts'
import type { RelationRows, Rows } from '../testing/naive.ts'
import type { Operation } from '../testing/random-updates.ts'
import type { Case, Failure, Step } from './case-file.ts'
import type { Changes, Subject } from './subject.ts'

/**
 * Runs a case's steps in order, and expects of each what it says. The oracle is spared what only the
 * engine checks: of its errors only those of arithmetic count.
 */
export function runCase({ steps }: Case, subject: Subject): void {
  let changes: Changes | undefined
  for (const step of steps) {
    const at = `line ${step.line}`
    const run = () => runStep(step, { subject, at, changes })
    if (subject.isOracle && step.fails && !step.fails.codes.includes('arithmetic')) continue
    if (step.fails === undefined) changes = run() ?? changes
    else expectFailure(run, step.fails, at)
  }
}

interface Running {
  readonly subject: Subject
  readonly at: string
  readonly changes: Changes | undefined
}

function runStep(step: Step, { subject, at, changes }: Running): Changes | undefined {
  switch (step.action) {
    case 'options':
      return
    case 'program':
      return subject.rules(step.text) as undefined
    case 'tx':
      return subject.apply(readOperations(step.text))
    case 'gives':
      expect(printChanges(changes!), at).toEqual(printChanges(readChanges(step.text)))
      return
    case 'rows':
      expect(printRows(subject.rows(step.subject)), at).toEqual(printRows(readRows(step)))
      return
    case 'query':
      for (const demand of [false, true]) {
        const rows = subject.query(step.subject, demand)
        if (step.fails === undefined) {
          expect(printRows(rows), `${at}${demand ? ' on demand' : ''}`).toEqual(
            printRows(readRows(step)),
          )
        }
      }
      return
    case 'explain':
    case 'why not': {
      const { relation, row } = readFacts(`${step.subject}.`)[0]!
      const ask = step.action === 'explain' ? subject.explain : subject.whyNot
      const text = ask(relation, row)
      if (text === undefined) return
      for (const line of step.text.split('\n').filter((line) => line !== '')) {
        expect(`${text}`, at).toContain(line)
      }
    }
  }
}

/** `+ p(a). q(b).` inserts both, `- p(a).` retracts. */
function readOperations(text: string): readonly Operation[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const action = { '+ ': 'insert', '- ': 'retract' }[line.slice(0, 2)]
      if (action !== 'insert' && action !== 'retract') throw new Error(`No + or -: ${line}`)
      return readFacts(line.slice(2)).map((fact): Operation => ({ action, ...fact }))
    })
}

function readFacts(text: string): readonly { readonly relation: string; readonly row: Row }[] {
  return parseProgram(text).clauses.map(({ head }) => ({
    relation: head.relation,
    row: head.terms.map((term) => valueOf(term, new Map())),
  }))
}

function readRows({ text }: Step): Rows {
  return readFacts(text).map(({ row }) => row)
}

function readChanges(text: string): Changes {
  const operations = readOperations(text)
  const part = (action: Operation['action']) =>
    new Map(
      [
        ...Map.groupBy(
          operations.filter((operation) => operation.action === action),
          ({ relation }) => relation,
        ),
      ].map(([relation, found]) => [relation, found.map(({ row }) => row)]),
    )
  return { added: part('insert'), removed: part('retract') }
}

function printChanges({ added, removed }: Changes): unknown {
  return { added: printRelations(added), removed: printRelations(removed) }
}

function printRelations(relations: RelationRows): readonly string[] {
  return [...relations]
    .flatMap(([relation, rows]) => rows.map((row) => `${relation} ${keyOf(row)}`))
    .sort()
}

function printRows(rows: Rows): readonly string[] {
  return rows.map(keyOf).sort()
}

/** Of the oracle only that it refuses. */
function expectFailure(run: () => unknown, { codes, names }: Failure, at: string): void {
  const error = catchError(run)
  if (error instanceof NaiveError) return
  expect(error, at).toBeInstanceOf(DatalogError)
  const { problems, message } = error as DatalogError
  for (const code of codes)
    expect(
      problems.map(({ code }) => code),
      at,
    ).toContain(code)
  for (const name of names) {
    if (/^\w+$/.test(name)) expect(message, at).toMatch(new RegExp(`(?<!\\w)${name}(?!\\w)`))
    else expect(message, at).toContain(name)
  }
}

function catchError(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

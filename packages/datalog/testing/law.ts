import type { DatalogOptions, Delta } from '../contract.ts'
import { isArithmeticError } from '../language/errors.ts'
import { parseProgram } from '../language/parser.ts'
import { checkMore, restoreCopy } from './law-checks.ts'
import {
  applyUpdate,
  assertUpdate,
  createDatabase,
  deltaRows,
  type LawState,
  printUpdate,
  readRelations,
} from './law-state.ts'
import { watchAnswers } from './law-watch.ts'
import { NaiveError } from './naive-values.ts'
import { assertedFacts, createOracle, type RelationRows } from './naive.ts'
import {
  mayFail,
  mayFailOrNot,
  programText,
  type RandomProgram,
  randomProgram,
} from './random-program.ts'
import type { Update } from './random-updates.ts'
import { createRandom } from './random.ts'
import { describeDifferences, without } from './row-sets.ts'

export interface LawRun {
  /** The same seed makes the same program and updates. */
  readonly seed: number
  /** How many transactions. */
  readonly updates: number
  readonly options?: DatalogOptions
}

/** Past this many facts a program is only slow, and the run ends early. */
const maxFacts = 1500

/**
 * The law: incremental equals recomputed from scratch after every step, and each delta is the exact
 * difference. Returns undefined, or what differs with the program and the steps that led there.
 */
export function checkLaw({ seed, updates, options = {} }: LawRun): string | undefined {
  return checkProgram(randomProgram(seed, updates), { seed, options })
}

/** The same of a given program; the seed decides how it is loaded and what is asked of it. */
export function checkProgram(
  program: RandomProgram,
  { seed, options }: { readonly seed: number; readonly options: DatalogOptions },
): string | undefined {
  const text = programText(program)
  const steps: Update[] = []
  try {
    const random = createRandom(seed + 1_000_003)
    const ast = parseProgram(text)
    const asserted = assertedFacts(ast)
    const oracle = createOracle(ast)
    const db = createDatabase(options)
    const expected = attempt(() => oracle(asserted))
    if (expected === undefined)
      return mayFailOrNot(program) ? undefined : expectRefusal(() => db.rules(text))
    let state: LawState = { random, program, rules: rulesOf(ast), options, db, asserted, expected }
    let problem = start(state)
    let watch = watchAnswers(state)
    for (const update of program.updates) {
      if (problem !== undefined || countFacts(state.expected) > maxFacts) break
      steps.push(update)
      const before = state
      const asserted = assertUpdate(before.asserted, update)
      const expected = attempt(() => oracle(asserted))
      if (expected === undefined && mayFailOrNot(program)) break
      if (expected === undefined) {
        problem =
          expectRefusal(() => applyUpdate(before.db, update)) ??
          compareRows('after a refusal, rows', before) ??
          watch.check(before)
        continue
      }
      const delta = applyUpdate(before.db, update)
      state = { ...before, asserted, expected }
      problem = compareAll(state, { before: before.expected, delta }) ?? watch.check(state)
      if (problem !== undefined || steps.length % 10 !== 0) continue
      problem = checkMore(state)
      if (problem !== undefined || !random.chance(0.5)) continue
      watch.stop()
      state = restoreCopy(state)
      problem = compareRows('after restore, rows', state)
      watch = watchAnswers(state)
    }
    return problem === undefined ? undefined : describeRun({ seed, text, steps, problem })
  } catch (error) {
    if (isArithmeticError(error) && mayFailOrNot(program)) return undefined
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return describeRun({ seed, text, steps, problem })
  }
}

/** Undefined where arithmetic fails. */
function attempt(find: () => RelationRows): RelationRows | undefined {
  try {
    return find()
  } catch (error) {
    if (error instanceof NaiveError) return undefined
    throw error
  }
}

function expectRefusal(act: () => unknown): string | undefined {
  try {
    act()
  } catch (error) {
    if (isArithmeticError(error)) return undefined
    throw error
  }
  return 'a division by zero was expected to be refused'
}

/** Loads the program in one of the ways that must come to the same. */
function start(state: LawState): string | undefined {
  const { random, program, db, asserted, expected } = state
  const { facts, rules } = program
  // Half a program may fail where the whole does not.
  switch (mayFail(program) ? 0 : random.below(4)) {
    case 0:
      db.rules(programText(program))
      break
    case 1:
      db.rules(facts.join('\n'))
      db.rules(rules.join('\n'))
      break
    case 2: {
      for (const clause of [...facts, ...rules]) db.rules(clause)
      break
    }
    default: {
      db.rules(rules.join('\n'))
      const before = readRelations(db, program.shapes)
      const { added, removed } = db.load(Object.fromEntries(asserted))
      return (
        compareRows('loaded rows', state) ??
        compareSizes('added', added, differences(expected, before)) ??
        compareSizes('removed', removed, differences(before, expected))
      )
    }
  }
  return compareRows('rows', state)
}

function compareAll(
  state: LawState,
  { before, delta }: { readonly before: RelationRows; readonly delta: Delta },
): string | undefined {
  const { expected } = state
  return (
    compareRows('rows', state) ??
    describeDifferences('added rows', deltaRows(delta.added), differences(expected, before)) ??
    describeDifferences('removed rows', deltaRows(delta.removed), differences(before, expected))
  )
}

function compareRows(what: string, { db, program, expected }: LawState): string | undefined {
  return describeDifferences(what, readRelations(db, program.shapes), expected)
}

function differences(relations: RelationRows, others: RelationRows): RelationRows {
  return new Map(
    [...relations].map(([name, rows]) => [name, without(rows, others.get(name) ?? [])]),
  )
}

/** Of a load only how many rows came and went is said. */
function compareSizes(
  what: string,
  sizes: Readonly<Record<string, number>>,
  expected: RelationRows,
): string | undefined {
  const wanted = [...expected].flatMap(([name, rows]) =>
    rows.length > 0 ? [[name, rows.length]] : [],
  )
  const actual = Object.entries(sizes)
  const [left, right] = [actual, wanted].map((entries) =>
    JSON.stringify(entries.map(String).toSorted()),
  )
  return left === right ? undefined : `${what} by load: ${left} where ${right} was expected`
}

function countFacts(relations: RelationRows): number {
  return [...relations.values()].reduce((total, rows) => total + rows.length, 0)
}

function rulesOf(program: ReturnType<typeof parseProgram>): ReturnType<typeof parseProgram> {
  return { ...program, clauses: program.clauses.filter(({ body }) => body.length > 0) }
}

interface FailedRun {
  readonly seed: number
  readonly text: string
  readonly steps: readonly Update[]
  readonly problem: string
}

function describeRun({ seed, text, steps, problem }: FailedRun): string {
  const lines = steps.map((update, index) => `step ${index + 1}: ${printUpdate(update)}`)
  return [`seed ${seed}`, text, ...lines, problem].join('\n')
}

import { checkProof } from './law-proofs.ts'
import { checkQueries } from './law-queries.ts'
import { applyUpdate, createDatabase, type LawState, readRelations } from './law-state.ts'
import { keyOf } from './naive-values.ts'
import { mayFail, programText } from './random-program.ts'
import { printFact, randomRow } from './random-shapes.ts'
import { describeDifferences } from './row-sets.ts'

/** What must hold at any moment and is too dear to look at after every step. */
export function checkMore(state: LawState): string | undefined {
  return checkPresent(state) ?? checkAbsent(state) ?? checkQueries(state) ?? checkRollback(state)
}

/** Some facts of each relation have a proof. */
function checkPresent({ random, db, asserted, expected }: LawState): string | undefined {
  for (const [relation, rows] of expected) {
    for (const row of random.some(rows, 3)) {
      const name = printFact(relation, row)
      if (!db.has(relation, row)) return `has(${name}) is false`
      const proof = db.explain(relation, row)
      if (proof === null) return `explain(${name}) is null`
      const problem = checkProof(proof, { asserted, expected })
      if (problem !== undefined) return `explain(${name}): ${problem}`
      if (!db.whyNot(relation, row).holds) return `whyNot(${name}) says that it does not hold`
    }
  }
  return undefined
}

function checkAbsent({ random, program, db, expected, rules }: LawState): string | undefined {
  for (const shape of program.shapes) {
    const row = randomRow(random, shape)
    const { name } = shape
    if (expected.get(name)?.some((known) => keyOf(known) === keyOf(row))) continue
    const fact = printFact(name, row)
    if (db.has(name, row)) return `has(${fact}) is true`
    if (db.explain(name, row) !== null) return `explain(${fact}) is a proof`
    const { holds, rules: failed } = db.whyNot(name, row)
    if (holds) return `whyNot(${fact}) says that it holds`
    const count = rules.clauses.filter(({ head }) => head.relation === name).length
    if (failed.length > count) return `whyNot(${fact}) has ${failed.length} of ${count} rules`
  }
  return undefined
}

/** A callback that throws leaves everything as it was. */
function checkRollback({ random, program, db, expected }: LawState): string | undefined {
  const failure = new Error('as planned')
  const update = random.pick(program.updates)
  try {
    db.tx((transaction) => {
      for (const { action, relation, row } of update) transaction[action](relation, row)
      throw failure
    })
    return 'a callback that throws does not make its transaction throw'
  } catch (error) {
    if (error !== failure) throw error
  }
  const difference = describeDifferences(
    'after a callback that threw, rows',
    readRelations(db, program.shapes),
    expected,
  )
  return difference
}

/** The state of a run in which a copy made of a snapshot has taken the database's place. */
export function restoreCopy(state: LawState): LawState {
  const { random, program, db, options } = state
  const copy = createDatabase(options)
  if (mayFail(program) || random.chance(0.5)) {
    copy.rules(programText(program))
  } else {
    copy.rules(program.rules.join('\n'))
    // What the copy had before is gone.
    applyUpdate(copy, random.pick(program.updates))
  }
  copy.restore(db.snapshot())
  return { ...state, db: copy }
}

import type { Relation } from '../store/relation.ts'
import { createComparison, createValue } from './interpret-expression.ts'
import type { Next, Run } from './interpreted-run.ts'
import type { RuleTerm } from './rule.ts'
import type { ColumnAction, Plan, RowStep, Step } from './steps.ts'

/** What a step is part of, and what comes after it. */
export interface Rest {
  readonly outcome: Plan['outcome']
  readonly ruleNumber: number
  readonly next: Next
}

/** One loop or test: goes on with `next` for each row or value that agrees. */
export function createStep(step: Step, run: Run, { outcome, ruleNumber, next }: Rest): Next {
  const { codes } = run.bindings
  if (step.kind === 'assign') {
    const value = createValue(step.expression, run)
    return (rank) => {
      codes[step.variable] = value()
      return next(rank)
    }
  }
  if (step.kind === 'compare') {
    const holds = createComparison(step, run)
    return (rank) => (holds() ? next(rank) : 0)
  }
  if (step.kind === 'call') return createCall(step, run, next)
  const { relation, mask } = step
  if (step.kind === 'lookup' || step.kind === 'absent') {
    const find = createFinder(relation, step.keys, run)
    const found = createRowFound(step, run, { outcome, ruleNumber, next })
    return (rank) => {
      const row = find()
      const isThere = row >= 0 && ((relation.state[row] as number) & mask) !== 0
      if (step.kind === 'absent') return isThere ? 0 : next(rank)
      return isThere ? found(row, rank) : 0
    }
  }
  const found = createRowFound(step, run, { outcome, ruleNumber, next })
  if (step.kind === 'rows') {
    return (rank) => {
      const { rows, count } = run
      for (let place = 0; place < count; place += 1) {
        const result = found(rows[place] as number, rank)
        if (result !== 0) return result
      }
      return 0
    }
  }
  const budget = run.machine.budget
  const index = step.kind === 'probe' ? relation.indexOn(step.index) : undefined
  const keys = step.kind === 'probe' ? step.keys.map((key) => createValue(key, run)) : []
  return (rank) => {
    if (++budget.ticks > 256) budget.checkTime(ruleNumber)
    if (index) for (const [place, key] of keys.entries()) index.key[place] = key()
    for (
      let row = index ? index.first() : 0;
      index ? row >= 0 : row < relation.used;
      row = index ? (index.next[row] as number) : row + 1
    ) {
      if (((relation.state[row] as number) & mask) === 0) continue
      const result = found(row, rank)
      if (result !== 0) return result
    }
    return 0
  }
}

function createCall(
  { called, variable }: Extract<Step, { kind: 'call' }>,
  run: Run,
  next: Next,
): Next {
  const inputs = called.inputs.map((input) => createValue(input, run))
  const expected = variable === undefined ? createValue(called.result, run) : undefined
  return (rank) => {
    const code = called.compute(
      run.machine,
      inputs.map((input) => input()),
    )
    if (code === undefined || (expected && expected() !== code)) return 0
    if (variable !== undefined) run.bindings.codes[variable] = code
    return next(rank)
  }
}

function createRowFound(step: RowStep, run: Run, { outcome, next }: Rest) {
  const { relation, columns, isRanked, literal } = step
  const { rows } = run.bindings
  const isLimited = isRanked && outcome === 'support'
  const agreements = columns.map((column) => createAgreement(column, relation, run))
  return (row: number, rank: number): number => {
    for (const agrees of agreements) if (!agrees(row)) return 0
    rows[literal + 1] = row
    if (!isRanked) return next(rank)
    const own = relation.support[row] as number
    if (isLimited && own >= run.argument) return 0
    const result = next(Math.max(rank, own))
    return result
  }
}

function createAgreement({ place, binds, term }: ColumnAction, relation: Relation, run: Run) {
  const { codes } = run.bindings
  if (!binds) {
    const value = createValue(term, run)
    return (row: number) => (relation.columns[place] as Int32Array)[row] === value()
  }
  const variable = term.kind === 'variable' ? term.variable : 0
  return (row: number) => {
    codes[variable] = (relation.columns[place] as Int32Array)[row] as number
    return true
  }
}

function createFinder(relation: Relation, terms: readonly RuleTerm[], run: Run): () => number {
  const keys = terms.map((term) => createValue(term, run))
  return () => {
    keys.forEach((key, place) => (relation.key[place] = key()))
    return relation.find()
  }
}

import type { Relation } from '../store/relation.ts'
import { isNew } from '../store/state.ts'
import type { RunPlan } from './generate.ts'
import type { Machine } from './machine.ts'
import type { RuleExpression, RuleTerm } from './rule.ts'
import type { ColumnAction, Plan, RowStep, Step } from './steps.ts'

/** What has been found so far: a code for each variable, a row for each literal. */
export interface Bindings {
  readonly codes: Int32Array
  readonly rows: Int32Array
}

/** Goes on with the next step; a result other than 0 ends the search. */
type Next = (rank: number) => number

interface Run {
  readonly machine: Machine
  readonly bindings: Bindings
  rows: Int32Array
  count: number
  argument: number
}

/** The same as generated code, by closures: for where code from text is forbidden, and for what runs once. */
export function interpretPlan(plan: Plan, machine: Machine): RunPlan {
  const run = createRun(plan, machine)
  const go = chain(plan.steps, run, { ...plan, next: createOutcome(plan, run) })
  return (rows, count, argument) => {
    Object.assign(run, { rows, count, argument })
    return go(0)
  }
}

/** Calls `onFound` for each solution, until it answers true. */
export function searchPlan(
  plan: Omit<Plan, 'outcome'>,
  machine: Machine,
  onFound: (bindings: Bindings) => boolean,
): (rows: Int32Array, limit?: number) => boolean {
  const run = createRun(plan, machine)
  const next = () => (onFound(run.bindings) ? 1 : 0)
  const go = chain(plan.steps, run, { outcome: 'support', ruleNumber: plan.ruleNumber, next })
  return (rows, limit = 2 ** 31 - 1) => {
    Object.assign(run, { rows, count: rows.length, argument: limit })
    return go(0) !== 0
  }
}

function createRun({ rule }: Omit<Plan, 'outcome'>, machine: Machine): Run {
  const bindings = {
    codes: new Int32Array(rule.variables.length),
    rows: new Int32Array(rule.body.length + 1),
  }
  return { machine, bindings, rows: new Int32Array(0), count: 0, argument: 0 }
}

interface Rest {
  readonly outcome: Plan['outcome']
  readonly ruleNumber: number
  readonly next: Next
}

function chain(steps: readonly Step[], run: Run, rest: Rest): Next {
  return steps.reduceRight<Next>(
    (next, step) => createStep(step, run, { ...rest, next }),
    rest.next,
  )
}

function createStep(step: Step, run: Run, { outcome, ruleNumber, next }: Rest): Next {
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

function createValue(expression: RuleExpression, run: Run): () => number {
  const { codes } = run.bindings
  if (expression.kind === 'variable') return () => codes[expression.variable] as number
  if (expression.kind === 'constant') return () => expression.code
  if (expression.kind === 'any') throw new Error('a wildcard has no value')
  const left = createValue(expression.left, run)
  const right = createValue(expression.right, run)
  const { operator, text } = expression
  return () => run.machine.calculate(operator, [left(), right()], text)
}

function createComparison(step: Extract<Step, { kind: 'compare' }>, run: Run): () => boolean {
  const left = createValue(step.left, run)
  const right = createValue(step.right, run)
  const { machine } = run
  const tests = {
    '=': () => left() === right(),
    '!=': () => left() !== right(),
    '<': () => machine.compare(left(), right()) < 0,
    '<=': () => machine.compare(left(), right()) <= 0,
    '>': () => machine.compare(left(), right()) > 0,
    '>=': () => machine.compare(left(), right()) >= 0,
  }
  return tests[step.operator]
}

function createOutcome({ outcome, rule, ruleNumber, steps }: Plan, run: Run): Next {
  const { machine } = run
  const { budget } = machine
  const { head } = rule
  const isRanked = steps.some((step) => 'isRanked' in step && step.isRanked)
  const keys = rule.terms.map((term) => (outcome === 'support' ? () => 0 : createValue(term, run)))
  const fill = () => {
    if (++budget.fired > budget.allowed) budget.renew(ruleNumber)
    for (let place = 0; place < keys.length; place += 1)
      head.key[place] = (keys[place] as () => number)()
  }
  return (rank) => {
    fill()
    if (outcome === 'support') return rank + 1
    const row = outcome === 'examine' ? head.find() : head.put()
    if (outcome === 'count') machine.count(head, row, run.argument)
    else if (outcome === 'derive') {
      if (((head.state[row] as number) & isNew) === 0) machine.derive(head, row, rank + 1)
    } else if (row >= 0) machine.examine(head, row, isRanked ? rank : -1)
    return 0
  }
}

import type { Aggregate, Atom, Comparison, Expression, Term, Value } from '../language/syntax.ts'
import type { Step } from './naive-plan.ts'
import {
  calculate,
  compareValues,
  holds,
  isEqual,
  keyOf,
  NaiveError,
  type Row,
} from './naive-values.ts'

/** All rows of each relation, by key. */
export type Facts = ReadonlyMap<string, ReadonlyMap<string, Row>>
/** Changed as the search goes deeper and put back when it returns. */
export type Bindings = Map<string, Value>

interface Search {
  readonly steps: readonly Step[]
  readonly bindings: Bindings
  readonly facts: Facts
  readonly found: (bindings: Bindings) => void
}

/** Calls `found` for every way to satisfy the steps, by trying all rows of all relations. */
export function solve(
  steps: readonly Step[],
  bindings: Bindings,
  { facts, found }: { readonly facts: Facts; readonly found: (bindings: Bindings) => void },
): void {
  search({ steps, bindings, facts, found }, 0)
}

function search(searched: Search, depth: number): void {
  const { steps, bindings, facts, found } = searched
  const step = steps[depth]
  if (step === undefined) return found(bindings)
  const goOn = () => search(searched, depth + 1)
  const { literal } = step
  switch (literal.kind) {
    case 'atom':
      for (const row of rowsOf(facts, literal.atom)) matchRow(literal.atom, row, { bindings, goOn })
      return
    case 'not': {
      let matches = false
      const seen = () => void (matches = true)
      for (const row of rowsOf(facts, literal.atom)) {
        matchRow(literal.atom, row, { bindings, goOn: seen })
      }
      if (!matches) goOn()
      return
    }
    case 'comparison':
      return compare(literal, { bindings, goOn })
    case 'aggregate': {
      for (const { group, tuples } of collectGroups(literal, step, { bindings, facts })) {
        const value = aggregate(literal, tuples)
        if (value === undefined) continue
        for (const [name, of] of group) bindings.set(name, of)
        matchTerm(literal.result, value, { bindings, goOn })
        for (const [name] of group) bindings.delete(name)
      }
    }
  }
}

interface Continuation {
  readonly bindings: Bindings
  readonly goOn: () => void
}

export function valueOf(expression: Expression, bindings: Bindings): Value {
  switch (expression.kind) {
    case 'constant':
      return expression.value
    case 'variable': {
      const value = bindings.get(expression.name)
      if (value === undefined) throw new NaiveError(`unsafe: ${expression.name} has no value`)
      return value
    }
    case 'arithmetic': {
      const left = valueOf(expression.left, bindings)
      return calculate(expression.operator, left, valueOf(expression.right, bindings))
    }
  }
}

interface Group {
  /** Values of those of its variables that the tuples give. */
  readonly group: readonly (readonly [name: string, value: Value])[]
  readonly tuples: readonly Row[]
}

/** The distinct tuples between the braces under what is bound outside, by what they give the group. */
export function collectGroups(
  { terms }: Aggregate,
  { inner, given }: Step,
  { bindings, facts }: { readonly bindings: Bindings; readonly facts: Facts },
): readonly Group[] {
  const groups = new Map<string, { group: Group['group']; tuples: Map<string, Row> }>()
  const found = (bindings: Bindings) => {
    const values = given.map((name) => bindings.get(name) as Value)
    const key = keyOf(values)
    const group = given.map((name, place) => [name, values[place] as Value] as const)
    const known = groups.get(key) ?? { group, tuples: new Map<string, Row>() }
    groups.set(key, known)
    const tuple = terms.map((term) => valueOf(term, bindings))
    known.tuples.set(keyOf(tuple), tuple)
  }
  solve(inner, bindings, { facts, found })
  if (given.length === 0 && groups.size === 0) return [{ group: [], tuples: [] }]
  return [...groups.values()].map(({ group, tuples }) => ({ group, tuples: [...tuples.values()] }))
}

/** Undefined where there is no result: min and max of nothing. */
export function aggregate({ operator }: Aggregate, tuples: readonly Row[]): Value | undefined {
  const values = tuples.map(([first]) => first as Value)
  const sorted = () => values.toSorted(compareValues)
  switch (operator) {
    case 'count':
      return tuples.length
    case 'sum':
      return values.reduce((total: number, value) => calculate('+', total, value), 0)
    case 'min':
      return sorted()[0]
    case 'max':
      return sorted().at(-1)
    case 'collect':
      return sorted()
  }
}

function rowsOf(facts: Facts, { relation }: Atom): Iterable<Row> {
  return facts.get(relation)?.values() ?? []
}

function matchRow(atom: Atom, row: Row, { bindings, goOn }: Continuation): void {
  let added: string[] | undefined
  let matches = true
  for (let index = 0; matches && index < row.length; index++) {
    const term = atom.terms[index]!
    if (term.kind === 'variable' && term.name === '_') continue
    const value = term.kind === 'constant' ? term.value : bindings.get(term.name)
    if (value !== undefined) {
      matches = isEqual(value, row[index]!)
    } else if (term.kind === 'variable') {
      bindings.set(term.name, row[index]!)
      added = [...(added ?? []), term.name]
    }
  }
  if (matches) goOn()
  for (const name of added ?? []) bindings.delete(name)
}

function compare({ operator, left, right }: Comparison, { bindings, goOn }: Continuation): void {
  if (operator === '=' && isFree(left, bindings)) {
    return matchTerm(left, valueOf(right, bindings), { bindings, goOn })
  }
  if (operator === '=' && isFree(right, bindings)) {
    return matchTerm(right, valueOf(left, bindings), { bindings, goOn })
  }
  if (holds(operator, valueOf(left, bindings), valueOf(right, bindings))) goOn()
}

function isFree(expression: Expression, bindings: Bindings): expression is Term {
  return expression.kind === 'variable' && !bindings.has(expression.name)
}

function matchTerm(term: Term, value: Value, { bindings, goOn }: Continuation): void {
  if (!isFree(term, bindings)) {
    if (isEqual(valueOf(term, bindings), value)) goOn()
    return
  }
  if (term.kind === 'variable' && term.name !== '_') {
    bindings.set(term.name, value)
    goOn()
    bindings.delete(term.name)
  } else {
    goOn()
  }
}

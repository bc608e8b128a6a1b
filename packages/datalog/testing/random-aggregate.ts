import {
  addAtom,
  addComparison,
  addNegation,
  type Body,
  insert,
  variableNames,
} from './random-body.ts'
import { fits, type Kind, type Shape } from './random-shapes.ts'

/** Names that stand only between braces, the same ones in each, so that two aggregates share them. */
const localNames = ['P', 'Q']

type Operator = 'count' | 'sum' | 'min' | 'max' | 'collect'

/** Adds `N = count{ ... }`, and `N` to the variables. Returns whether there was anything to aggregate. */
export function addAggregate(
  body: Body,
  lower: readonly Shape[],
  result: { readonly name: string; readonly operators: readonly Operator[] },
): boolean {
  const { random, variables } = body
  const shared = random.some([...variables.keys()], 2)
  const inner: Body = { random, literals: [], variables: new Map() }
  const names = [...localNames, ...localNames, ...shared]
  for (let count = random.chance(0.3) ? 2 : 1; count > 0; count--) {
    addAtom(inner, random.pick(lower), names)
  }
  // What is bound outside has its value inside too.
  for (const name of shared) {
    if (!inner.variables.has(name)) inner.variables.set(name, variables.get(name)!)
  }
  if (random.chance(0.25)) addComparison(inner)
  if (random.chance(0.2)) addNegation(inner, random.pick(lower))
  const operator = random.pick(result.operators)
  const terms = pickTerms(inner, operator)
  if (terms === undefined) return false
  insert(body, printAggregate(inner, { operator, terms, name: result.name }))
  variables.set(result.name, resultKind(operator, inner.variables.get(terms[0]!)!))
  return true
}

function pickTerms({ random, variables }: Body, operator: Operator): readonly string[] | undefined {
  const first = [...variables]
    .filter(([, kind]) => (operator === 'sum' ? kind === 'number' : kind !== 'list'))
    .map(([name]) => name)
  if (first.length === 0) return undefined
  const local = first.filter((name) => !variableNames.includes(name))
  // The sum of what is bound outside could grow for ever in a recursive rule.
  if (operator === 'sum' && local.length === 0) return undefined
  const onlyLocal = operator === 'sum' || (local.length > 0 && random.chance(0.9))
  const term = random.pick(onlyLocal ? local : first)
  const more = [...variables.keys()].filter((name) => name !== term)
  return [term, ...random.some(more, random.chance(0.5) ? 0 : 1 + random.below(2))]
}

function resultKind(operator: Operator, term: Kind): Kind {
  if (operator === 'collect') return 'list'
  return operator === 'count' || operator === 'sum' ? 'number' : term
}

interface Printed {
  readonly operator: Operator
  readonly terms: readonly string[]
  readonly name: string
}

function printAggregate({ random, literals }: Body, { operator, terms, name }: Printed): string {
  const goal = literals.join(', ')
  if (terms.length === 1 && random.chance(0.25)) {
    const prefix = operator === 'collect' ? 'findall' : operator
    return `${prefix}(${name}, ${terms[0]}, ${literals.length === 1 ? goal : `(${goal})`})`
  }
  return `${name} = ${operator}{ ${terms.join(', ')} : ${goal} }`
}

/** Which aggregates can fill a column. */
export function operatorsFor(kind: Kind): readonly Operator[] {
  if (kind === 'list') return ['collect']
  const numeric: readonly Operator[] = fits('number', kind) ? ['count', 'count', 'sum'] : []
  return [...numeric, 'min', 'max']
}

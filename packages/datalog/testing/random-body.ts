import {
  fits,
  type Kind,
  meet,
  printAtom,
  printValue,
  randomValue,
  type Shape,
} from './random-shapes.ts'
import type { Random } from './random.ts'

/** A body that is being written: its literals, and what each variable may hold. */
export interface Body {
  readonly random: Random
  readonly literals: string[]
  readonly variables: Map<string, Kind>
}

export const variableNames = ['X', 'Y', 'Z', 'W', 'V']

/** Bodies share most of their variables by having few. */
export function addAtom(body: Body, shape: Shape, names: readonly string[] = variableNames): void {
  const { random, variables } = body
  const terms = shape.kinds.map((kind) => {
    if (random.chance(0.1)) return '_'
    if (kind !== 'list' && random.chance(0.06)) return printValue(randomValue(random, kind))
    const name = random.pick(names)
    const known = variables.get(name)
    const common = known === undefined ? kind : meet(known, kind)
    if (common === undefined) return '_'
    variables.set(name, common)
    return name
  })
  body.literals.push(printAtom(shape.name, terms))
}

/** A literal under `not`, of variables that have values, values and `_`. */
export function addNegation(body: Body, shape: Shape): void {
  const { random, variables } = body
  const terms = shape.kinds.map((kind) => {
    if (random.chance(0.15)) return '_'
    const known = [...variables].filter(([, held]) => meet(held, kind) !== undefined)
    if (known.length > 0 && random.chance(0.8)) return random.pick(known)[0]
    return kind === 'list' ? '_' : printValue(randomValue(random, kind))
  })
  const atom = printAtom(shape.name, terms)
  body.literals.push(random.chance(0.2) ? `not(${atom})` : `not ${atom}`)
}

/** Two variables, or a variable and a value. */
export function addComparison(body: Body): void {
  const { random } = body
  const known = [...body.variables].filter(([, kind]) => kind !== 'list')
  if (known.length === 0) return
  const [left, kind] = random.pick(known)
  const right =
    random.chance(0.4) && known.length > 1
      ? random.pick(known)[0]
      : printValue(randomValue(random, random.chance(0.1) ? 'any' : kind))
  const operator = random.pick(['<', '<=', '>', '>=', '=', '!=', '!='])
  body.literals.push(
    random.chance(0.2) ? `${operator}(${left}, ${right})` : `${left} ${operator} ${right}`,
  )
}

/** Gives a fresh variable a value by `=`, before or after what it is made of stands there. */
export function addBinding(body: Body): void {
  const { random, variables } = body
  const fresh = freshVariable(body)
  if (fresh === undefined) return
  const known = [...variables].filter(([, kind]) => kind !== 'list')
  if (known.length > 0 && random.chance(0.4)) {
    const [name, kind] = random.pick(known)
    variables.set(fresh, kind)
    insert(body, random.chance(0.5) ? `${fresh} = ${name}` : `${name} = ${fresh}`)
    return
  }
  const kind = random.pick<Kind>(['number', 'text', 'any'])
  variables.set(fresh, kind)
  insert(body, `${fresh} = ${printValue(randomValue(random, kind))}`)
}

/** `Y = X + 1, Y < 5, Y > -4`: both bounds, so that recursion through it ends. */
export function addArithmetic(body: Body): void {
  const { random, variables } = body
  const numbers = [...variables].filter(([, kind]) => kind === 'number').map(([name]) => name)
  const fresh = freshVariable(body)
  if (numbers.length === 0 || fresh === undefined) return
  const left = random.pick(numbers)
  const operator = random.pick(['+', '+', '-', '*', '/', 'mod'])
  const divides = operator === '/' || operator === 'mod'
  // Now and then what divides may be zero, and a transaction must fail.
  const right = divides
    ? random.pick(random.chance(0.3) ? numbers : ['2', '3', '-2'])
    : random.chance(0.3)
      ? random.pick(numbers)
      : random.pick(['1', '2', '(1 + 1)'])
  insert(body, printArithmetic(random, { fresh, left, operator, right }))
  insert(body, `${fresh} < ${random.pick(['4', '5', '6'])}`)
  insert(body, `${fresh} > -${random.pick(['2', '3', '4'])}`)
  variables.set(fresh, 'number')
}

interface Calculation {
  readonly fresh: string
  readonly left: string
  readonly operator: string
  readonly right: string
}

function printArithmetic(random: Random, { fresh, left, operator, right }: Calculation): string {
  const infix = `${left} ${operator} ${right}`
  if (random.chance(0.2)) return `is(${fresh}, ${operator}(${left}, ${right}))`
  return random.chance(0.2) ? `${infix} = ${fresh}` : `${fresh} = ${infix}`
}

function freshVariable({ random, variables }: Body): string | undefined {
  const fresh = variableNames.filter((name) => !variables.has(name))
  return fresh.length === 0 ? undefined : random.pick(fresh)
}

/** Literals may stand in any order, so they are put anywhere. */
export function insert({ random, literals }: Body, literal: string): void {
  literals.splice(
    random.chance(0.7) ? literals.length : random.below(literals.length + 1),
    0,
    literal,
  )
}

/** Head terms for these columns; undefined when a column has no variable and wants one. */
export function headTerms(body: Body, kinds: readonly Kind[]): readonly string[] | undefined {
  const { random, variables } = body
  const terms = kinds.map((kind) => {
    const fitting = [...variables].filter(([, held]) => fits(held, kind))
    if (fitting.length > 0 && random.chance(0.93)) return random.pick(fitting)[0]
    return kind === 'list' ? undefined : printValue(randomValue(random, kind))
  })
  return terms.includes(undefined) ? undefined : (terms as readonly string[])
}
